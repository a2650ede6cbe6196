package dev.sluice.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// How the schemas and the examples are spelled; whether they fit the records is `ContractTest`'s to say.
class SpellingTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/sluice/event");
    private static final Pattern KEY = Pattern.compile("\"([^\"]+)\":");
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    /// Of JSON Schema itself.
    private static final List<String> KEYWORDS = List.of("$schema", "$id", "oneOf", "additionalProperties", "contentEncoding");

    static List<Path> files() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyNameIsSnakeCase(Path file) throws IOException {
        // Names of HTTP headers keep their hyphens.
        assertThat(KEY.matcher(Files.readString(file)).results().map(key -> key.group(1)).filter(key -> !KEYWORDS.contains(key))
                .map(key -> key.replace('-', '_'))).isNotEmpty().allMatch(key -> SNAKE_CASE.matcher(key).matches());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyTypeIsInItsFirstVersion(Path file) {
        assertThat(file.getFileName().toString()).matches("[A-Za-z]+\\.v1\\.(schema|[0-9]+)\\.json");
    }
}
