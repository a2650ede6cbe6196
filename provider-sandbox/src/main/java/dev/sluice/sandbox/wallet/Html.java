package dev.sluice.sandbox.wallet;

import java.util.Collection;
import java.util.stream.Collectors;

/// A part of a page whose values are escaped already.
record Html(String markup) {
    static final Html NOTHING = new Html("");

    static Html joined(Collection<Html> parts) {
        return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
    }
}
