package dev.sluice.log;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Resolution;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class EventCodecTest {
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final URI SOURCE = URI.create("/sluice/test");

    @Test
    void whatIsWrittenIsReadBack() {
        var event = anyHeld("T-1", "X1");

        DecodedRecord reading = EventCodec.read(asConsumed(EventCodec.encode(event, SOURCE, AT)));

        assertThat(reading).isEqualTo(new DecodedRecord.Fact(EventCodec.idOf(event), AT, "/sluice/test", event));
    }

    @Test
    void carriesCloudEventsHeaders() {
        var record = EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT);

        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_type")).isEqualTo("dev.sluice.PaymentHeld.v1");
        assertThat(header(record, "ce_source")).isEqualTo("/sluice/test");
        assertThat(header(record, "ce_subject")).isEqualTo("T-1");
        assertThat(header(record, "ce_time")).isEqualTo("2026-11-22T08:00:00Z");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(record.key()).isEqualTo("T-1");
        assertThat(record.topic()).isEqualTo("sluice.events");
    }

    @Test
    void theSameFactHasTheSameIdForEver() {
        assertThat(EventCodec.idOf(anyHeld("T-1", "X1"))).isEqualTo(UUID.fromString("ab5c348a-cf6e-5d31-92be-66ef7921d2aa"));
        assertThat(EventCodec.idOf(anyHeld("T-1", "X2"))).isNotEqualTo(EventCodec.idOf(anyHeld("T-1", "X1")));
        assertThat(EventCodec.idOf(anyHeld("T-2", "X1"))).isNotEqualTo(EventCodec.idOf(anyHeld("T-1", "X1")));
        assertThat(EventCodec.idOf(anyHeld("T-1", "X1")).version()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"fen with a fraction|{'minor_units':1.0,'currency':'CNY'}",
            "fen as text|{'minor_units':'1','currency':'CNY'}",
            "fen missing|{'currency':'CNY'}", "fen twice|{'minor_units':1,'minor_units':2,'currency':'CNY'}",
            "fen too large|{'minor_units':9223372036854775808,'currency':'CNY'}",
            "negative fen|{'minor_units':-1,'currency':'CNY'}", "no currency|{'minor_units':1}",
            "unknown currency|{'minor_units':1,'currency':'ABC'}"})
    void refusesMoneyThatIsNotExact(String what, String money) {
        String json = """
                {'trade_number':'T-1','provider':'wechat','transaction_id':'X1','money':%s,
                 'refunded':{'minor_units':0,'currency':'CNY'},'reason':'UNKNOWN_ORDER'}""".formatted(money);

        DecodedRecord reading = EventCodec.read(asConsumed(EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT), json.replace('\'', '"')));

        assertThat(reading).as(what).isInstanceOf(DecodedRecord.Unreadable.class);
    }

    @Test
    void readsWhatANewerWriterSaysMore() {
        String json = """
                {"trade_number":"T-1","provider":"wechat","transaction_id":"X1","money":{"minor_units":1,"currency":"CNY"},
                 "refunded":{"minor_units":0,"currency":"CNY"},"reason":"UNKNOWN_ORDER","mood":"good"}""";

        assertThat(EventCodec.read(asConsumed(EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT), json)))
                .isInstanceOf(DecodedRecord.Fact.class);
    }

    @Test
    void aCreditAndAReleaseOfOneOrderAreTwoFacts() {
        assertThat(EventCodec.idOf(anyCredited("X1", false))).isEqualTo(EventCodec.idOf(anyCredited("X2", false)));
        assertThat(EventCodec.idOf(anyCredited("X1", true))).isNotEqualTo(EventCodec.idOf(anyCredited("X1", false)))
                .isNotEqualTo(EventCodec.idOf(anyCredited("X2", true)));
    }

    /// The worker sets it aside: it is about money.
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'kind':'KEEP'}", "{'kind':'CREDIT','user_id':'7'}", "{'kind':'CREDIT','user_id':'7','quota':0}",
            "{'kind':'CREDIT','user_id':'7','quota':1.0}", "{'kind':'CREDIT','user_id':'','quota':1}"})
    void refusesADecisionThatDoesNotSayWhatBecomesOfTheMoney(String resolution) {
        var decision = new HoldResolved(new TradeNumber("T-1"), Providers.WECHAT, new TransactionId("X1"), new Resolution.Refund(),
                new UserId("9"), "why", "k");
        String json = "{'trade_number':'T-1','provider':'wechat','transaction_id':'X1','resolution':%s,'actor':'9','reason':'why','key':'k'}"
                .formatted(resolution).replace('\'', '"');

        assertThat(EventCodec.read(asConsumed(EventCodec.encode(decision, SOURCE, AT)))).isInstanceOf(DecodedRecord.Fact.class);
        assertThat(EventCodec.read(asConsumed(EventCodec.encode(decision, SOURCE, AT), json))).isInstanceOf(DecodedRecord.Unreadable.class);
    }

    @Test
    void tellsWhatIsNotACloudEventFromOneOfAnotherType() {
        var bare = new ConsumerRecord<>("sluice.events", 0, 0, "T-1", "{}".getBytes(StandardCharsets.UTF_8));
        var foreign = asConsumed(EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT));
        foreign.headers().remove("ce_type").add("ce_type", "dev.sluice.Surprise.v1".getBytes(StandardCharsets.UTF_8));

        assertThat(EventCodec.read(bare)).isInstanceOf(DecodedRecord.Unreadable.class);
        assertThat(EventCodec.read(foreign)).isEqualTo(new DecodedRecord.Unreadable("unknown type", true));
    }

    /// A version that knows it reads it later, so it must not be set aside now.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a constant|'RICH_PAYER'|true", "no constant|1.5|false",
            "another type|{}|false"})
    void tellsANewerWritersConstantFromRubbish(String what, String reason, boolean newer) {
        String json = "{'trade_number':'T-1','provider':'wechat','transaction_id':'X1','money':{'minor_units':1,'currency':'CNY'},'reason':%s}"
                .formatted(reason).replace('\'', '"');

        DecodedRecord reading = EventCodec.read(asConsumed(EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT), json));

        assertThat(reading).as(what).isInstanceOfSatisfying(DecodedRecord.Unreadable.class,
                unreadable -> assertThat(unreadable.newerWriter()).isEqualTo(newer));
    }

    @Test
    void tellsANewerWritersAlternativeFromNone() {
        var decision = new HoldResolved(new TradeNumber("T-1"), Providers.WECHAT, new TransactionId("X1"), new Resolution.Refund(),
                new UserId("9"), "why", "k");
        String json = "{'trade_number':'T-1','provider':'wechat','transaction_id':'X1','resolution':%s,'actor':'9','reason':'why','key':'k'}"
                .replace('\'', '"');
        var record = EventCodec.encode(decision, SOURCE, AT);

        assertThat(((DecodedRecord.Unreadable) EventCodec.read(asConsumed(record, json.formatted("{\"kind\":\"KEEP\"}")))).newerWriter())
                .isTrue();
        assertThat(((DecodedRecord.Unreadable) EventCodec.read(asConsumed(record, json.formatted("{}")))).newerWriter()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "[]", "1", "{}", "{\"trade_number\":null}"})
    void whateverStandsInItIsAnAnswerNotAnException(String json) {
        assertThat(EventCodec.read(asConsumed(EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT), json)))
                .isInstanceOf(DecodedRecord.Unreadable.class);
    }

    @Test
    void refusesAFactUnderAnotherOrdersKey() {
        var record = EventCodec.encode(anyHeld("T-1", "X1"), SOURCE, AT);
        var misplaced = new ConsumerRecord<>("sluice.events", 0, 0, "T-2", record.value());
        record.headers().forEach(misplaced.headers()::add);

        assertThat(EventCodec.read(misplaced)).isEqualTo(new DecodedRecord.Unreadable("the key is not the trade number", false));
    }

    private static PaymentHeld anyHeld(String tradeNumber, String transactionId) {
        return new PaymentHeld(new TradeNumber(tradeNumber), Providers.WECHAT, new TransactionId(transactionId), Money.ofFen(1),
                HoldReason.UNKNOWN_ORDER);
    }

    private static QuotaCredited anyCredited(String transactionId, boolean released) {
        return new QuotaCredited(new TradeNumber("T-1"), new TransactionId(transactionId), new UserId("7"), new Quota(5), new Quota(6),
                UUID.randomUUID(), false, released);
    }

    private static ConsumerRecord<String, byte[]> asConsumed(ProducerRecord<String, byte[]> record) {
        return asConsumed(record, new String(record.value(), StandardCharsets.UTF_8));
    }

    private static ConsumerRecord<String, byte[]> asConsumed(ProducerRecord<String, byte[]> record, String json) {
        var consumed = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), json.getBytes(StandardCharsets.UTF_8));
        record.headers().forEach(consumed.headers()::add);
        return consumed;
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
