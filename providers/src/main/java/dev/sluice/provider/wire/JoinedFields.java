package dev.sluice.provider.wire;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Fields that a provider signs as one text, `name=value&name=value` in the order of their names. The text has no boundaries: two fields
/// merged into one value, or a value cut into several fields, have the same signature. So a name that counts may stand in the text only
/// once, as the name of its field. Free text with `&` in it, which payers and merchants write, remains legal.
public final class JoinedFields {
    private static final Pattern NAME_IN_A_VALUE = Pattern.compile("&([^&=]+)=");

    private JoinedFields() {}

    /// A name that counts and stands within a value, as if a field began there.
    ///
    /// @param fields what is signed
    /// @param counts whether the meaning of a message depends on the field of a name
    public static Optional<String> hiddenName(Map<String, String> fields, Predicate<String> counts) {
        return fields.values().stream().flatMap(value -> NAME_IN_A_VALUE.matcher(value).results()).map(result -> result.group(1))
                .filter(counts).sorted().findFirst();
    }
}
