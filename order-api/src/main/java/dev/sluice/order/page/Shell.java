package dev.sluice.order.page;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The HTML of a page, whose first tag has places for what the server knows of the reader.
final class Shell {
    private static final List<String> PLACES = List.of("{lang}", "{theme}", "{place}", "{session}", "{demo}");

    private final String tag;
    private final String rest;
    private final boolean demo;

    /// @param html with the five places in its tag `html`
    /// @param demo whether this is the demo
    /// @throws IllegalStateException when a place is missing
    Shell(String html, boolean demo) {
        int end = html.indexOf('>', Math.max(0, html.indexOf("<html"))) + 1;
        this.tag = html.substring(0, end);
        this.rest = html.substring(end);
        this.demo = demo;
        PLACES.stream().filter(place -> !tag.contains(place)).findFirst().ifPresent(place -> {
            throw new IllegalStateException("the tag html of a page has no " + place);
        });
    }

    byte[] of(Reader reader) {
        String filled = tag.replace("{lang}", reader.language()).replace("{theme}", reader.theme())
                .replace("{place}", reader.place().code()).replace("{session}", Boolean.toString(reader.session()))
                .replace("{demo}", Boolean.toString(demo));
        return (filled + rest).getBytes(StandardCharsets.UTF_8);
    }
}
