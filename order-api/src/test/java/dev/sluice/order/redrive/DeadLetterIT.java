package dev.sluice.order.redrive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.log.Topic;
import dev.sluice.log.letter.LetterPage;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Facts;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// An operator brings a dead letter back by one act, on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedApi.class)
class DeadLetterIT {
    private final RunningApi api;
    private final Scenario order;

    DeadLetterIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    /// The order was a dead letter, as after a constraint that is gone by now.
    @Test
    void aDeadLetterComesBackByOneAct() {
        ConsumerRecord<String, byte[]> record = setAsideTheOrder();
        JsonNode letter = listed(order.trade()).getFirst();
        assertThat(letter.path("cause").asString()).isEqualTo("ledger: the database refuses it");
        assertThat(letter.path("topic").asString()).isEqualTo("sluice.events/" + record.partition() + "/" + record.offset());
        assertThat(letter.path("type").asString()).isEqualTo("dev.sluice.OrderCreated.v1");
        assertThat(letter.path("redriven").isNull()).isTrue();

        JsonNode answer = redrive(letter, "the constraint is gone", 200);

        assertThat(answer.path("data").path("redriven").path("reason").asString()).isEqualTo("the constraint is gone");
        assertThat(appended()).hasSize(2).allSatisfy(each -> assertThat(each.value()).isEqualTo(record.value()));
        assertThat(header(appended().getLast(), "sluice_redriven_by")).isEqualTo(Long.toString(RunningApi.OPERATOR));
        assertThat(appended().getLast().headers().lastHeader("sluice_origin")).isNull();
        await().atMost(SOON).until(() -> order.entries("OrderCreated").size() == 2);
        // A view of its own.
        await().atMost(SOON).untilAsserted(() -> assertThat(order.status()).isEqualTo("NEW"));
        assertThat(listed(order.trade()).getFirst().path("redriven").path("actor").asString())
                .isEqualTo(Long.toString(RunningApi.OPERATOR));
    }

    @Test
    void aRepeatedRequestAppendsNothingAndShowsTheFirst() throws Exception {
        setAsideTheOrder();
        JsonNode letter = listed(order.trade()).getFirst();

        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<JsonNode>> calls = IntStream.range(0, 8)
                    .<Callable<JsonNode>>mapToObj(i -> () -> redrive(letter, "reason " + i, 200)).toList();
            Set<String> reasons = new HashSet<>();
            for (Future<JsonNode> call : threads.invokeAll(calls)) {
                reasons.add(call.get().path("data").path("redriven").path("reason").asString());
            }
            assertThat(reasons).as("the first one's").hasSize(1);
        }

        assertThat(appended()).hasSize(2);
    }

    /// The log did not answer, and the operator repeats the request.
    @Test
    void anActThatDidNotReachTheLogIsDoneWhenItIsRepeated() {
        setAsideTheOrder();
        JsonNode letter = listed(order.trade()).getFirst();
        redrive(letter, "first", 200);
        api.jdbc().sql("update orders.redrive set appended = false where reason = 'first'").update();
        assertThat(listed(order.trade()).getFirst().path("redriven").isNull()).isTrue();

        assertThat(redrive(letter, "second", 200).path("data").path("redriven").path("reason").asString()).isEqualTo("first");

        assertThat(appended()).hasSize(3);
    }

    @Test
    void listsAllOfThemPageByPageNewestFirst() {
        api.log().append(Facts.order(order.trade(), order.user(), 7300, 5_000_000));
        var record = api.written().records(Topic.EVENTS).stream().filter(each -> order.trade().equals(each.key())).findFirst()
                .orElseThrow();
        for (int i = 0; i < LetterPage.LETTERS + 5; i++) {
            api.log().deadLetter(record, "ledger: " + i);
        }

        JsonNode first = api.operator().get("/api/topup/dead-letters").path("data");
        JsonNode second = api.operator().get("/api/topup/dead-letters?after=" + first.path("next").asString()).path("data");

        assertThat(causes(first)).hasSize(LetterPage.LETTERS).startsWith("ledger: 104").endsWith("ledger: 5");
        assertThat(causes(second)).startsWith("ledger: 4", "ledger: 3", "ledger: 2", "ledger: 1", "ledger: 0");
    }

    /// The clocks of those who write letters differ.
    @Test
    void showsALetterOnceHoweverWrongTheClockOfItsWriterIs() throws Exception {
        try (var writer = writer()) {
            for (int i = 0; i < LetterPage.LETTERS; i++) {
                writer.send(letter(0, Facts.AT, "sluice.events/0/" + i, "right " + i)).get();
            }
            writer.send(letter(1, Facts.AT.plusSeconds(3600), "sluice.events/1/0", "ahead")).get();
            writer.send(letter(1, Facts.AT.minusSeconds(3600), "sluice.events/1/1", "behind")).get();
        }

        List<String> seen = new ArrayList<>();
        JsonNode page = api.operator().get("/api/topup/dead-letters").path("data");
        while (true) {
            page.path("items").valueStream().filter(letter -> letter.path("order_id").asString().equals(order.trade()))
                    .forEach(letter -> seen.add(letter.path("cause").asString()));
            if (page.path("next").isMissingNode()) {
                break;
            }
            page = api.operator().get("/api/topup/dead-letters?after=" + page.path("next").asString()).path("data");
        }

        assertThat(seen).hasSize(LetterPage.LETTERS + 2).doesNotHaveDuplicates().containsSubsequence("behind", "ahead");
    }

    /// A letter names its topic by itself, so a forged one could name any.
    @ParameterizedTest
    @ValueSource(strings = {"sluice.settings", "sluice.events.dlt", "somewhere.else"})
    void redrivesOnlyToTopicsThatViewsFollow(String topic) throws Exception {
        RecordMetadata place;
        try (var writer = writer()) {
            place = writer.send(letter(0, Facts.AT, topic + "/0/0", "forged")).get();
        }

        assertThat(code(api.operator().post("/api/topup/dead-letters/" + place.partition() + "/" + place.offset() + "/redrive",
                Map.of("reason", "x"), null, 404))).isEqualTo("NOT_FOUND");

        assertThat(api.written().records(Topic.SETTINGS)).noneMatch(record -> order.trade().equals(record.key()));
    }

    private KafkaProducer<String, byte[]> writer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", api.kafka()), new StringSerializer(), new ByteArraySerializer());
    }

    private ProducerRecord<String, byte[]> letter(int partition, Instant at, String origin, String why) {
        var letter = new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), partition, at.toEpochMilli(), order.trade(), new byte[]{1});
        letter.headers().add("sluice_origin", origin.getBytes(StandardCharsets.UTF_8));
        letter.headers().add("sluice_why", why.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    @Test
    void refusesWhatIsNoDeadLetterAndWhoIsNoOperator() {
        setAsideTheOrder();
        JsonNode letter = listed(order.trade()).getFirst();
        String path = path(letter);

        assertThat(code(api.operator().post("/api/topup/dead-letters/0/999999999/redrive", Map.of("reason", "x"), null, 404)))
                .isEqualTo("NOT_FOUND");
        assertThat(code(api.operator().post("/api/topup/dead-letters/77/0/redrive", Map.of("reason", "x"), null, 404)))
                .isEqualTo("NOT_FOUND");
        assertThat(code(redrive(letter, " ", 400))).isEqualTo("MALFORMED");
        assertThat(code(api.operator().post("/api/topup/dead-letters/a/b/redrive", Map.of("reason", "x"), null, 400)))
                .isEqualTo("MALFORMED");
        api.anotherUser().post(path, Map.of("reason", "x"), null, 403);
        api.withRole(5, "auditor").post(path, Map.of("reason", "x"), null, 403);
        api.anotherUser().get("/api/topup/dead-letters", 403);
        assertThat(appended()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "0:", "0:1,", "-1:0", "0:99999999999999999999", "0:1;drop"})
    void refusesAPlaceThatItDidNotGive(String after) {
        assertThat(code(api.operator().get("/api/topup/dead-letters?after=" + after, 400))).isEqualTo("MALFORMED");
    }

    private ConsumerRecord<String, byte[]> setAsideTheOrder() {
        api.log().append(Facts.order(order.trade(), order.user(), 7300, 5_000_000));
        ConsumerRecord<String, byte[]> record = appended().getFirst();
        api.log().deadLetter(record, "ledger: the database refuses it");
        return record;
    }

    private List<ConsumerRecord<String, byte[]>> appended() {
        return api.written().records(Topic.EVENTS).stream().filter(record -> order.trade().equals(record.key())).toList();
    }

    private List<JsonNode> listed(String number) {
        return api.operator().get("/api/topup/dead-letters").path("data").path("items").valueStream()
                .filter(letter -> letter.path("order_id").asString().equals(number)).toList();
    }

    private static List<String> causes(JsonNode page) {
        return page.path("items").valueStream().map(letter -> letter.path("cause").asString()).toList();
    }

    private JsonNode redrive(JsonNode letter, String reason, int status) {
        return api.operator().post(path(letter), Map.of("reason", reason), null, status);
    }

    private static String path(JsonNode letter) {
        return "/api/topup/dead-letters/" + letter.path("partition").asInt() + "/" + letter.path("offset").asLong() + "/redrive";
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
