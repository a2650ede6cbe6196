package dev.sluice.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;

/// Record, schema and stored examples agree.
class ContractTest {
    private static final Path RESOURCES = Path.of("../schemas/src/main/resources/dev/sluice/event");

    static Stream<Class<?>> types() {
        return Stream.concat(Stream.concat(EventTypes.events().values().stream(), EventTypes.of(Topic.BOOKS.topicName()).values().stream()),
                Stream.of(Notification.class, ProviderAnswer.class, OrderWatched.class, SettingsChanged.class));
    }

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(RESOURCES.resolve("examples"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSchemaSaysWhatTheRecordSays(Class<?> type) {
        assertSame(type, schema(type), type.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeHasAnExample(Class<?> type) {
        assertThat(RESOURCES.resolve("examples/" + wireName(type) + ".1.json")).exists();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleFitsItsSchema(Path example) {
        JsonNode schema = schema(typeOf(example));

        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema).validate(read(example));

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsReadAndWrittenBackTheSame(Path example) {
        Object value = EventCodec.MAPPER.treeToValue(read(example), typeOf(example));

        assertThat(EventCodec.MAPPER.readTree(EventCodec.MAPPER.writeValueAsBytes(value))).isEqualTo(read(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleThatLacksAFieldIsRefusedByItsSchema(Path example) {
        JsonNode schema = schema(typeOf(example));
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

        for (String name : read(example).propertyNames()) {
            JsonNode lacking = read(example).asObject().remove(List.of(name));
            assertThat(registry.getSchema(schema).validate(lacking)).as(name).isNotEmpty();
        }
    }

    private static void assertSame(Class<?> type, JsonNode schema, String where) {
        var names = Arrays.stream(type.getRecordComponents()).map(component -> snakeCase(component.getName())).toList();
        assertThat(schema.path("type").asString()).as(where).isEqualTo("object");
        assertThat(schema.path("properties").propertyNames()).as(where).containsExactlyInAnyOrderElementsOf(names);
        assertThat(schema.path("required").valueStream().map(JsonNode::asString)).as(where).containsExactlyInAnyOrderElementsOf(names);
        for (RecordComponent component : type.getRecordComponents()) {
            assertProperty(component.getType(), schema.path("properties").path(snakeCase(component.getName())),
                    where + "." + component.getName());
        }
    }

    private static void assertProperty(Class<?> type, JsonNode property, String where) {
        if (type.isEnum()) {
            var constants = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            assertThat(property.path("enum").valueStream().map(JsonNode::asString)).as(where).containsExactlyElementsOf(constants);
        } else if (type.isRecord() && !SCALARS.containsKey(type)) {
            assertSame(type, property, where);
        } else if (type.isSealed()) {
            assertAlternatives(type, property.path("oneOf").valueStream().toList(), where);
        } else {
            assertThat(property.path("type").asString()).as(where).isEqualTo(SCALARS.get(type));
        }
    }

    /// Each alternative says its name in `kind`, and beside that what its record says.
    private static void assertAlternatives(Class<?> type, List<JsonNode> schemas, String where) {
        Class<?>[] alternatives = type.getPermittedSubclasses();
        assertThat(schemas).as(where).hasSameSizeAs(alternatives);
        for (int i = 0; i < alternatives.length; i++) {
            JsonNode schema = schemas.get(i).deepCopy();
            assertThat(schema.path("properties").path("kind").path("const").asString()).as(where)
                    .isEqualTo(snakeCase(alternatives[i].getSimpleName()).toUpperCase(Locale.ROOT));
            schema.path("properties").asObject().remove("kind");
            assertThat(schema.path("required").get(0).asString()).as(where).isEqualTo("kind");
            schema.path("required").asArray().remove(0);
            assertSame(alternatives[i], schema, where + "." + alternatives[i].getSimpleName());
        }
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static final Map<Class<?>, String> SCALARS = Map
            .ofEntries(
                    Map.entry(Provider.class, "string"),
                    Map.entry(TradeNumber.class, "string"),
                    Map.entry(TransactionId.class, "string"),
                    Map.entry(RefundNumber.class, "string"),
                    Map.entry(LocalDate.class, "string"),
                    Map.entry(int.class, "integer"),
                    Map.entry(UserId.class, "string"),
                    Map.entry(Quota.class, "integer"),
                    Map.entry(long.class, "integer"),
                    Map.entry(boolean.class, "boolean"),
                    Map.entry(BigDecimal.class, "number"),
                    Map.entry(Currency.class, "string"),
                    Map.entry(String.class, "string"),
                    Map.entry(Instant.class, "string"),
                    Map.entry(UUID.class, "string"),
                    Map.entry(byte[].class, "string"),
                    Map.entry(List.class, "array"),
                    Map.entry(Map.class, "object"));

    private static Class<?> typeOf(Path example) {
        String name = example.getFileName().toString().replaceFirst("\\.\\d+\\.json$", "");
        return types().filter(type -> wireName(type).equals(name)).findFirst().orElseThrow();
    }

    /// `OrderClosed.v1`: the type on the wire without what all have.
    private static String wireName(Class<?> type) {
        return EventTypes.name(type).substring("dev.sluice.".length());
    }

    private static JsonNode schema(Class<?> type) {
        return read(RESOURCES.resolve(wireName(type) + ".schema.json"));
    }

    private static JsonNode read(Path file) {
        try {
            return EventCodec.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
