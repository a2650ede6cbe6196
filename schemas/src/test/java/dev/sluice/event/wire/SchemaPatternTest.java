package dev.sluice.event.wire;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// A reader in another language that holds a record against its schema takes what we take, and refuses what we refuse.
class SchemaPatternTest {
    private static final List<String> SAMPLES = Stream.concat(
            IntStream.rangeClosed(0, 0x100).mapToObj(Character::toString).flatMap(each -> Stream.of(each, "a" + each, each + "a")),
            Stream.of("", "a".repeat(31), "a".repeat(32), "a".repeat(33), "a".repeat(64), "a".repeat(65), "张三", "a😀", "01JD8X2V9Y4Q"))
            .filter(each -> !each.endsWith("\n") && !each.endsWith("\r") && !each.endsWith("\u0085")).toList();

    static Stream<Arguments> patterns() {
        Predicate<String> trade = TradeNumber::isLegal;
        Predicate<String> transaction = TransactionId::isLegal;
        Predicate<String> user = UserId::isLegal;
        Predicate<String> provider = Provider::isLegal;
        return Wire.types().stream().flatMap(type -> Stream.of(arguments(type, "trade_number", trade),
                arguments(type, "transaction_id", transaction), arguments(type, "user_id", user), arguments(type, "actor", user),
                arguments(type, "provider", provider)))
                .filter(each -> !type(each).equals("Notification") || !each.get()[1].equals("trade_number"))
                .filter(each -> Wire.schemaOf((Class<?>) each.get()[0]).path("properties").has((String) each.get()[1]));
    }

    private static String type(Arguments each) {
        return ((Class<?>) each.get()[0]).getSimpleName();
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("patterns")
    void aPatternAllowsWhatTheValueAllows(Class<?> type, String field, Predicate<String> isLegal) {
        String pattern = Wire.schemaOf(type).path("properties").path(field).path("pattern").asString();

        assertThat(SAMPLES).allSatisfy(text -> assertThat(text.matches(pattern)).isEqualTo(isLegal.test(text)));
        assertThat(pattern).as("of the whole text").startsWith("^").endsWith("$");
    }

    /// As a text or as a number, a value stands for itself: no object is around it.
    @ParameterizedTest
    @MethodSource("scalars")
    void aValueIsWrittenBare(Object value, String json) {
        assertThat(Wire.JSON.writeValueAsString(value)).isEqualTo(json);
        Object read = Wire.JSON.readValue(json, value.getClass());
        assertThat(read).isEqualTo(value).hasSameHashCodeAs(value).hasToString(value.toString());
        for (String bad : List.of("{}", "[]", "{\"value\":" + json + "}", "[" + json + "]")) {
            assertThatThrownBy(() -> Wire.JSON.readValue(bad, value.getClass())).as(bad).isInstanceOf(JacksonException.class);
        }
    }

    static Stream<Arguments> scalars() {
        return Stream.of(arguments(new TradeNumber("T|*@"), "\"T|*@\""), arguments(new TransactionId("X-1_"), "\"X-1_\""),
                arguments(new UserId("auth0|5f\"\\"), "\"auth0|5f\\\"\\\\\""), arguments(new Provider("wechat"), "\"wechat\""),
                arguments(new Quota(Long.MAX_VALUE), "9223372036854775807"), arguments(new Quota(0), "0"));
    }

    /// A bad value of a foreign writer is a fault of the record.
    @ParameterizedTest
    @MethodSource("badScalars")
    void aBadValueOnTheWireIsRefused(Class<?> type, String json) {
        assertThatThrownBy(() -> Wire.JSON.readValue(json, type)).isInstanceOf(JacksonException.class);
    }

    static Stream<Arguments> badScalars() {
        return Stream.of(arguments(TradeNumber.class, "\"\""), arguments(TradeNumber.class, "\"a/b\""),
                arguments(TransactionId.class, "\"a b\""), arguments(UserId.class, "\"\\u0000\""), arguments(UserId.class, "\"\\ud800\""),
                arguments(Provider.class, "\"WECHAT\""), arguments(Quota.class, "-1"), arguments(Quota.class, "1.5"),
                arguments(Quota.class, "\"1\""), arguments(Quota.class, "9223372036854775808"), arguments(Quota.class, "true"));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void anExampleFollowsThePattern(Class<?> type, String field, Predicate<String> isLegal) {
        assertThat(Wire.examples().stream().filter(example -> example.type() == type).map(example -> example.json().path(field))
                .map(JsonNode::asString)).isNotEmpty().allMatch(isLegal);
    }
}
