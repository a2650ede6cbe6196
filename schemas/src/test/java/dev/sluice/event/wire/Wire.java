package dev.sluice.event.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.setting.SettingsChanged;

/// The records on the wire: their JSON as the log reads and writes it, and their published schemas and examples.
final class Wire {
    /// As strict as the log's own.
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final Path RESOURCES = Path.of("src/main/resources/dev/sluice/event");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<Class<?>, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Wire() {}

    /// Every record that has a topic.
    static List<Class<?>> types() {
        return Stream.of(TopUpEvent.class, BooksFact.class, Notification.class, ProviderAnswer.class, OrderWatched.class,
                SettingsChanged.class).flatMap(Wire::records).toList();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Wire::records) : Stream.of(type);
    }

    /// A published example, with its type.
    record Example(Class<?> type, String name, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        try (var files = Files.list(RESOURCES.resolve("examples"))) {
            return files.sorted().map(file -> new Example(typeOf(file.getFileName().toString()), file.getFileName().toString(), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> typeOf(String file) {
        String name = file.substring(0, file.indexOf('.'));
        return types().stream().filter(type -> type.getSimpleName().equals(name)).findFirst().orElseThrow();
    }

    static JsonNode schemaOf(Class<?> type) {
        return read(RESOURCES.resolve(type.getSimpleName() + ".v1.schema.json"));
    }

    /// What the published schema finds wrong; formats of dates and UUIDs count.
    static List<String> faults(Class<?> type, JsonNode json) {
        return SCHEMAS.computeIfAbsent(type, each -> REGISTRY.getSchema(schemaOf(each)))
                .validate(json, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream().map(Object::toString).toList();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
