package dev.sluice.order.placement;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.OrderCreated;
import dev.sluice.order.Client;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.order.timeline.ShownEntry;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.order.timeline.TimelineEntry;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A client that asks for a code again and again, while the provider gives none.
@ExtendWith(SharedApi.class)
class CodeRetriesIT {
    private static final int RETRIES = 20;
    private static final int CALLS_PER_PROVIDER = 32;
    private final RunningApi api;
    private final FakeWechat wechat;
    private final Client user;

    CodeRetriesIT(RunningApi api, FakeWechat wechat) {
        this.api = api;
        this.wechat = wechat;
        user = api.anotherUser();
    }

    /// The log is kept for ever, so retries must not make it grow.
    @Test
    void appendsAnOrderAndAnAnswerOnceHoweverOftenItsKeyIsRetried() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        for (int i = 0; i < RETRIES; i++) {
            user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "hurried", 503);
        }
        String number = wechat.asked.getLast();

        assertThat(api.written().events(number, OrderCreated.class)).hasSize(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(answers(number)).isNotEmpty());
        assertThat(answers(number)).as("they all say the same").singleElement().satisfies(entry -> {
            assertThat(entry.data().path("question").asString()).isEqualTo("CREATE");
            assertThat(entry.data().path("meaning").asString()).isEqualTo("UNKNOWN");
            assertThat(entry.data().path("reason").asString()).startsWith("the answer is not WeChat Pay's XML");
            assertThat(entry.data().path("body").asString()).isEqualTo("<html>busy</html>");
        });

        wechat.mood = FakeWechat.Mood.KIND;
        assertThat(user.pay(10, "hurried").path("data").path("order_id").asString()).isEqualTo(number);
        assertThat(api.written().events(number, OrderCreated.class)).hasSize(1);
    }

    private List<ShownEntry> answers(String number) {
        return api.bean(Timeline.class).of(number).stream().filter(entry -> entry instanceof TimelineEntry.OfAnswer).map(ShownEntry::of)
                .toList();
    }

    @Test
    void ofTheRequestsWithOneKeyOnlyTwoWaitForTheCode() throws Exception {
        wechat.mood = FakeWechat.Mood.HANGING;
        int asked = wechat.asked.size();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> user.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "one-key"));
            await().atMost(SOON).until(() -> wechat.asked.size() > asked);
            Callable<Duration> another = () -> {
                long started = System.nanoTime();
                JsonNode answer = Client.json(user.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "one-key").expectStatus()
                        .isEqualTo(503).expectHeader().exists("Retry-After"));
                assertThat(answer.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
                return Duration.ofNanos(System.nanoTime() - started);
            };
            List<Duration> waits = threads.invokeAll(Stream.generate(() -> another).limit(8).toList()).stream().map(each -> {
                try {
                    return each.get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }).toList();
            first.get();

            assertThat(waits.stream().filter(wait -> wait.compareTo(Duration.ofSeconds(3)) < 0).count()).isGreaterThanOrEqualTo(6);
        }
    }

    /// An order that finds no room at the provider is not in the log before it is asked for again, or has expired.
    @Test
    void appendsNothingWhileTooManyCallsWait() throws Exception {
        wechat.mood = FakeWechat.Mood.HANGING;
        int asked = wechat.asked.size();
        List<Client> others = Stream.generate(api::anotherUser).limit(CALLS_PER_PROVIDER).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = others.stream()
                    .map(other -> threads.submit(() -> other.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null))).toList();
            await().atMost(SOON).until(() -> wechat.asked.size() >= asked + CALLS_PER_PROVIDER);

            user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "no-room", 503);

            String number = api.jdbc().sql("select trade_no from orders.topup where user_id = ?").param(Long.toString(user.id()))
                    .query(String.class).single();
            assertThat(api.written().events(number, OrderCreated.class)).isEmpty();
            for (var each : hanging) {
                each.get();
            }
        }
        wechat.mood = FakeWechat.Mood.KIND;
        String number = user.pay(10, "no-room").path("data").path("order_id").asString();
        assertThat(api.written().events(number, OrderCreated.class)).hasSize(1);
    }

    /// A page shows it and a phone opens it.
    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)//", "http://evil.example/", "data:text/html,", "WEIXIN://", " https://evil.example/",
            "intent://"})
    void showsNoCodeOfAnotherKindThanTheProvidersHave(String code) {
        wechat.code = code;

        assertThat(user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503).path("code").asString())
                .isEqualTo("PROVIDER_UNREACHABLE");
    }
}
