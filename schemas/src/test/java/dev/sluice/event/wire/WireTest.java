package dev.sluice.event.wire;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.PayAction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// What a reader makes of records of every type, whoever wrote them.
class WireTest {
    private static final int TRIES = 60;
    private static final long SEED = 20_261_130;

    static List<Class<?>> types() {
        return Wire.types();
    }

    static List<Wire.Example> examples() {
        return Wire.examples();
    }

    /// Whatever a record can hold, its schema allows it, and a reader gets the same.
    @ParameterizedTest
    @MethodSource("types")
    void anyRecordFitsItsSchemaAndIsReadBackTheSame(Class<?> type) {
        for (long seed = SEED; seed < SEED + TRIES; seed++) {
            Object record = new AnyRecords(seed).of(type);
            byte[] json = Wire.JSON.writeValueAsBytes(record);

            assertThat(Wire.faults(type, Wire.JSON.readTree(json))).as("seed %d", seed).isEmpty();
            Object read = Wire.JSON.readValue(json, type);
            assertThat(read).as("seed %d", seed).usingRecursiveComparison().isEqualTo(record);
            assertThat(Wire.JSON.writeValueAsBytes(read)).as("seed %d", seed).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSchemaIsNamedAsItsTypeIsOnTheWire(Class<?> type) {
        JsonNode schema = Wire.schemaOf(type);

        assertThat(schema.path("title").asString()).isEqualTo("dev.sluice." + type.getSimpleName() + ".v1");
        assertThat(schema.path("$id").asString()).isEqualTo("https://sluice.dev/schemas/" + type.getSimpleName() + ".v1.json");
        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("description").asString()).endsWith(".");
        assertThat(Wire.examples()).extracting(Wire.Example::type).contains(type);
    }

    /// No field is optional, at any depth: a missing one is never taken for zero, false or nothing.
    @ParameterizedTest
    @MethodSource("examples")
    void aRecordThatLacksAFieldOrHasNullThereIsRefused(Wire.Example example) {
        for (String pointer : fields(example.json(), "")) {
            ObjectNode lacking = example.json().deepCopy().asObject();
            parent(lacking, pointer).remove(name(pointer));
            ObjectNode withNull = example.json().deepCopy().asObject();
            parent(withNull, pointer).putNull(name(pointer));

            for (JsonNode bad : List.of(lacking, withNull)) {
                assertThat(Wire.faults(example.type(), bad)).as(pointer).isNotEmpty();
                assertThatThrownBy(() -> Wire.JSON.treeToValue(bad, example.type())).as(pointer).isInstanceOf(JacksonException.class);
            }
        }
    }

    /// A newer writer may add fields, wherever it likes.
    @ParameterizedTest
    @MethodSource("examples")
    void fieldsThatAReaderDoesNotKnowChangeNothing(Wire.Example example) {
        ObjectNode newer = example.json().deepCopy().asObject();
        fields(example.json(), "").forEach(pointer -> parent(newer, pointer).put("of_tomorrow", "1").putObject("also").put("a", 1));

        assertThat(Wire.faults(example.type(), newer)).isEmpty();
        Object read = Wire.JSON.treeToValue(newer, example.type());
        assertThat(Wire.JSON.writeValueAsString(read)).isEqualTo(Wire.JSON.writeValueAsString(
                Wire.JSON.treeToValue(example.json(), example.type())));
    }

    /// A value of another JSON type is no value: no text becomes a number, no number a text, no fraction a whole.
    @ParameterizedTest
    @MethodSource("examples")
    void aFieldOfAnotherTypeIsRefused(Wire.Example example) {
        for (String pointer : fields(example.json(), "")) {
            JsonNode value = example.json().at(pointer);
            ObjectNode bad = example.json().deepCopy().asObject();
            if (value.isIntegralNumber() && !pointer.contains("/quote/")) {
                parent(bad, pointer).put(name(pointer), 1.5);
            } else if (value.isNumber() || value.isBoolean()) {
                parent(bad, pointer).put(name(pointer), "1");
            } else {
                parent(bad, pointer).putArray(name(pointer)).addObject();
            }

            assertThat(Wire.faults(example.type(), bad)).as(pointer).isNotEmpty();
            assertThatThrownBy(() -> Wire.JSON.treeToValue(bad, example.type())).as(pointer).isInstanceOf(JacksonException.class);
        }
    }

    /// A view waits for its own upgrade when the fault is that of a constant it does not know: the fault has to be recognisable.
    @ParameterizedTest
    @MethodSource("examples")
    void aConstantOfANewerWriterIsRefusedAsSuch(Wire.Example example) {
        for (String pointer : fields(example.json(), "")) {
            if (!example.json().at(pointer).asString("").matches("[A-Z]+(_[A-Z]+)*") || pointer.matches(".*/(currency|key|kind)")) {
                continue;
            }
            ObjectNode newer = example.json().deepCopy().asObject();
            parent(newer, pointer).put(name(pointer), "OF_TOMORROW");

            var fault = catchThrowableOfType(InvalidFormatException.class, () -> Wire.JSON.treeToValue(newer, example.type()));
            assertThat(fault).as(pointer).isNotNull();
            assertThat(fault.getTargetType()).as(pointer).matches(Class::isEnum);
            assertThat(Wire.faults(example.type(), newer)).as(pointer).isNotEmpty();
        }
    }

    @Test
    void anAlternativeOfANewerWriterIsRefusedWithItsName() {
        for (String[] each : new String[][]{{"OrderCreated", "/purchase/kind"}, {"HoldResolved", "/resolution/kind"}}) {
            Wire.Example example = Wire.examples().stream().filter(one -> one.name().startsWith(each[0])).findFirst().orElseThrow();
            ObjectNode newer = example.json().deepCopy().asObject();
            parent(newer, each[1]).put("kind", "OF_TOMORROW");

            var fault = catchThrowableOfType(InvalidTypeIdException.class, () -> Wire.JSON.treeToValue(newer, example.type()));
            assertThat(fault.getTypeId()).isEqualTo("OF_TOMORROW");
            assertThat(Wire.faults(example.type(), newer)).isNotEmpty();
        }
    }

    /// The order of fields is the writer's; decimals keep each of their digits nevertheless.
    @Test
    void aPriceIsExactWhereverItsKindIsWritten() {
        String json = """
                {"user_id":"1","quota":1,"quote":{"amount":1,"display_type":"USD","quota_per_unit":1,"price":6482695725846.90541234,
                "group_ratio":0.10000000000000000001,"discount":1.0},"kind":"TOP_UP"}""";

        var topUp = (Purchase.TopUp) Wire.JSON.readValue(json, Purchase.class);

        assertThat(topUp.quote().price()).isEqualTo("6482695725846.90541234");
        assertThat(topUp.quote().groupRatio()).isEqualTo("0.10000000000000000001");
        assertThat(topUp.quote().discount()).isEqualTo("1.0");
    }

    @Test
    void aFieldThatComesTwiceIsRefused() {
        String twice = """
                {"trade_number":"T","transaction_id":"X","user_id":"1","quota":1,"quota":900,"balance":1,
                "transfer_id":"6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c01","late":false,"released":false}""";

        assertThatThrownBy(() -> Wire.JSON.readValue(twice, QuotaCredited.class)).isInstanceOf(JacksonException.class);
        assertThat(Wire.JSON.readValue(twice.replace(",\"quota\":900", ""), QuotaCredited.class).quota().units()).isEqualTo(1);
    }

    static Stream<String> actions() {
        return Stream.of("{\"kind\":\"QR_CODE\",\"text\":\"weixin://wxpay/bizpayurl?pr=1\"}",
                "{\"kind\":\"REDIRECT\",\"url\":\"https://mclient.alipay.com/h5?a=1&b=%20\"}",
                "{\"kind\":\"INVOKE_BRIDGE\",\"parameters\":{\"package\":\"prepay_id=1\",\"signType\":\"RSA\"}}");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aPayActionIsReadAndWrittenByItsKind(String json) {
        PayAction read = Wire.JSON.readValue(json, PayAction.class);

        assertThat(Wire.JSON.readTree(Wire.JSON.writerFor(PayAction.class).writeValueAsString(read))).isEqualTo(Wire.JSON.readTree(json));
        List<PayAction> all = Wire.JSON.readValue("[" + json + "]", new TypeReference<>() {
        });
        assertThat(all).containsExactly(read);
        assertThatThrownBy(() -> Wire.JSON.readValue(json.replaceFirst("\"kind\":\"[A-Z_]+\",", ""), PayAction.class))
                .isInstanceOf(InvalidTypeIdException.class);
    }

    /// JSON pointers of all fields that a schema names; names of HTTP headers are data.
    private static List<String> fields(JsonNode json, String above) {
        return json.propertyStream().flatMap(field -> {
            String pointer = above + "/" + field.getKey();
            return above.endsWith("/headers")
                    ? Stream.<String>empty()
                    : Stream.concat(Stream.of(pointer), fields(field.getValue(), pointer).stream());
        }).toList();
    }

    private static ObjectNode parent(JsonNode root, String pointer) {
        return root.at(pointer.substring(0, pointer.lastIndexOf('/'))).asObject();
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
