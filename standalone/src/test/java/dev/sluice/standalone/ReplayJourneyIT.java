package dev.sluice.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.standalone.command.Commands;
import dev.sluice.standalone.embedded.EmbeddedKafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// An operator rebuilds each view of a running Sluice by the command line, and nobody who pays notices.
@ExtendWith(SharedDemo.class)
class ReplayJourneyIT {
    private static final long UNIT = 500_000;
    private static final long USER = 7_770_001;

    private final SharedDemo.Started demo;
    private final Running sluice;
    private final Shopper shopper;

    ReplayJourneyIT(SharedDemo.Started demo) {
        this.demo = demo;
        sluice = demo.sluice();
        shopper = Shopper.of(sluice, USER, demo.jwtSecret());
    }

    /// What a command has printed, and how it ended.
    private record Ran(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Commands.run(List.of(arguments), Map.of("SLUICE_DATA", demo.data().toString()), new PrintWriter(out),
                new PrintWriter(err));
        return new Ran(exit, out.toString(), err.toString());
    }

    @Test
    void everyViewIsRebuiltBesideTheLiveOneAndTakesItsPlace() {
        for (String method : List.of("wechat", "alipay")) {
            JsonNode paid = shopper.order(method, 1, "paid-" + method);
            shopper.pay(paid);
            shopper.awaitStatus(number(paid), "CREDITED");
        }
        JsonNode held = shopper.order("wechat", 1, "held");
        sluice.faults(number(held), List.of("WRONG_AMOUNT"));
        shopper.pay(held);
        shopper.awaitStatus(number(held), "HELD");
        JsonNode waiting = shopper.order("wechat", 2, "waiting");
        long before = shopper.quota();
        List<String> orders = shopper.orders();

        for (String view : List.of("ledger", "orders", "recon")) {
            assertThat(run("rebuild", view, "--dry-run")).as(view).satisfies(dry -> assertThat(dry.exit()).as(dry.err()).isZero());
            Ran ran = run("rebuild", view, "--compare", "--swap", "--json");
            assertThat(ran.exit()).as(view + ran.out() + ran.err()).isZero();
            assertThat(ran.json().path("before").asString()).startsWith(view + "_before_");
        }

        assertThat(shopper.orders()).isEqualTo(orders);
        assertThat(shopper.quota()).isEqualTo(before);
        assertThat(shopper.order("wechat", 2, "waiting").path("pay_url")).as("the same request gets the same code")
                .isEqualTo(waiting.path("pay_url"));
        shopper.pay(waiting);
        shopper.awaitStatus(number(waiting), "CREDITED");
        await().atMost(Running.SOON).until(() -> shopper.quota() == before + 2 * UNIT);
        JsonNode placed = shopper.order("alipay", 1, "after");
        shopper.pay(placed);
        shopper.awaitStatus(number(placed), "CREDITED");

        for (String view : List.of("ledger", "orders", "recon")) {
            Ran ran = run("rebuild", view, "--compare");
            assertThat(ran.exit()).as(view + ran.out() + ran.err()).isZero();
            assertThat(ran.out()).contains("equal: ");
            assertThat(run("drop", view, "--json").json().path("dropped").size()).as("shadow and what was before").isEqualTo(2);
        }
        Ran verified = run("verify", "--json");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.json().path("orders").asLong()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aDeadLetterIsListedShownAndCorrected(@TempDir Path folder) throws Exception {
        String number = "01REPLAYFIX";
        send(number, "{\"trade_number\":\"%s\"}".formatted(number));
        List<String> place = new ArrayList<>();
        await().atMost(Running.SOON).until(() -> letter(number).map(letter -> letter.path("place").asString()).map(place::add).isPresent());
        assertThat(run("dead-letters", "show", place.getFirst()).out()).contains("\"trade_number\":\"" + number,
                "ce_type: dev.sluice.OrderClosed.v1");
        Path content = folder.resolve("content.json");
        Files.writeString(content, "{}");
        assertThat(fix(place.getFirst(), content)).as("still not readable").satisfies(ran -> assertThat(ran.exit()).isEqualTo(3));

        Files.writeString(content, "{\"trade_number\":\"%s\",\"reason\":\"EXPIRED\",\"late_payment\":\"CREDIT\"}".formatted(number));
        assertThat(fix(place.getFirst(), content)).satisfies(ran -> assertThat(ran.exit()).as(ran.err()).isZero());

        assertThat(letter(number).orElseThrow().path("redriven").path("actor").asString()).isEqualTo("alice");
        Shopper operator = Shopper.operator(sluice, demo.jwtSecret());
        await().atMost(Running.SOON).until(() -> operator.timeline(number).size() == 1);
    }

    private Ran fix(String place, Path content) {
        return run("dead-letters", "fix", place, "--content", content.toString(), "--actor", "alice", "--reason", "a typo of the writer");
    }

    private Optional<JsonNode> letter(String number) {
        return run("dead-letters", "list", "--json").json().path("items").valueStream()
                .filter(letter -> letter.path("order_id").asString("").equals(number)).findFirst();
    }

    private void send(String key, String value) throws Exception {
        Map<String, Object> own = Map.of("acks", "all");
        try (KafkaProducer<String, byte[]> producer = EmbeddedKafka.running(demo.data().resolve("kafka")).connect(own,
                all -> new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer()))) {
            var record = new ProducerRecord<>("sluice.events", key, value.getBytes(StandardCharsets.UTF_8));
            Map.of("ce_specversion", "1.0", "ce_type", "dev.sluice.OrderClosed.v1", "ce_id", "6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c02",
                    "ce_source", "/sluice/reconciler", "ce_time", "2026-11-22T08:00:00Z", "content-type", "application/json")
                    .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        }
    }

    @Test
    void wrongArgumentsAreExplained() {
        assertThat(run("rebuild", "accounts").err()).contains("no view accounts: there are ledger, orders, recon");
        assertThat(run("rebuild", "accounts").exit()).isEqualTo(3);
        assertThat(run("rebuid").exit()).isEqualTo(2);
        assertThat(run("swap", "ledger").err()).contains("there is no schema ledger_shadow: run the rebuild first");
        assertThat(run("help").out()).contains("dead-letters", "rebuild", "verify");
    }

    private static String number(JsonNode order) {
        return order.path("order_id").asString();
    }
}
