package dev.sluice.edge.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where a claim is: its name, or names joined by dots that lead into objects and lists. A name may have dots in it, as Auth0's
/// `https://example.com/roles` has: the longest name that a token has is meant.
record ClaimPath(String path) {
    /// Claims of OAuth 2.0 that are lists although they are one text.
    private static final Set<String> SEPARATED_BY_SPACES = Set.of("scope", "scp");

    /// The texts and whole numbers at this place, those of lists too; empty when the token has none.
    List<String> texts(Map<String, Object> claims) {
        return values(claims, path).flatMap(this::texts).filter(text -> !text.isEmpty()).toList();
    }

    private Stream<String> texts(Object value) {
        return switch (value) {
            case String text -> SEPARATED_BY_SPACES.contains(path) ? Stream.of(text.split(" ")) : Stream.of(text);
            case Integer number -> Stream.of(number.toString());
            case Long number -> Stream.of(number.toString());
            case Collection<?> list -> list.stream().flatMap(element -> element instanceof Collection ? Stream.empty() : texts(element));
            default -> Stream.empty();
        };
    }

    private static Stream<Object> values(Object node, String path) {
        return switch (node) {
            case Map<?, ?> object -> in(object, path);
            case Collection<?> list -> list.stream().flatMap(element -> values(element, path));
            default -> Stream.empty();
        };
    }

    private static Stream<Object> in(Map<?, ?> object, String path) {
        Object whole = object.get(path);
        if (whole != null) {
            return Stream.of(whole);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            Object begun = object.get(path.substring(0, dot));
            if (begun != null) {
                return values(begun, path.substring(dot + 1));
            }
        }
        return Stream.empty();
    }
}
