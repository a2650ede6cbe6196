package dev.sluice.order;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.EventCodec;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// One order: what the log is told of it, what its owner sees, and what operators see and do. The worker's and the reconciler's words are
/// told by the tests.
///
/// @param trade its number, whether there is an order under it or not
/// @param owner who placed it
public record Scenario(RunningApi api, String trade, Client owner) {
    public static Scenario of(RunningApi api) {
        return new Scenario(api, api.anotherNumber(), api.anotherUser().inEnglish());
    }

    public TradeNumber number() {
        return new TradeNumber(trade);
    }

    public long user() {
        return owner.id();
    }

    /// The provider's number of a payment, of which a case may have several.
    public TransactionId transaction(String which) {
        return new TransactionId(which + "-" + trade);
    }

    /// Five million quota for 73 yuan.
    public void place() {
        place(Facts.MERCHANT);
    }

    public void place(Merchant merchant) {
        api.log().append(Facts.order(trade, user(), 7300, 5_000_000, merchant, Facts.AT));
        await().atMost(RunningApi.SOON).untilAsserted(() -> assertThat(status()).isEqualTo("NEW"));
    }

    public void paid(String which, Money money) {
        tell(payment(which, money));
    }

    public void held(String which, Money money, HoldReason reason) {
        held(which, money, new Money(0, money.currency()), reason);
    }

    public void held(String which, Money money, Money refunded, HoldReason reason) {
        tell(payment(which, money), Facts.held(trade, transaction(which).value(), money, refunded, reason));
    }

    private PaymentConfirmed payment(String which, Money money) {
        return Facts.payment(trade, transaction(which).value(), money, Providers.WECHAT, Facts.MERCHANT);
    }

    public void credited(String which, long to, long quota) {
        tell(Facts.credited(trade, transaction(which).value(), to, quota));
    }

    public void released(String which, long to, long quota) {
        tell(Facts.released(trade, transaction(which).value(), to, quota));
    }

    /// Tells the log, and waits until the timeline has the last of it.
    private void tell(TopUpEvent... events) {
        api.log().append(List.of(events));
        Timeline timeline = api.bean(Timeline.class);
        await().atMost(RunningApi.SOON).until(() -> timeline.find(trade, EventCodec.idOf(events[events.length - 1])).isPresent());
    }

    public JsonNode view() {
        return owner.view(trade);
    }

    public String status() {
        return owner.status(trade);
    }

    public JsonNode resolve(Map<String, ?> body, @Nullable String key) {
        return act("resolve", body, key);
    }

    public JsonNode cancel(String reason, @Nullable String key) {
        return act("cancel", Map.of("reason", reason), key);
    }

    public JsonNode check(String reason, @Nullable String key) {
        return act("check", Map.of("reason", reason), key);
    }

    private JsonNode act(String name, Map<String, ?> body, @Nullable String key) {
        return Client.json(api.operator().inEnglish().posted("/api/topup/" + trade + "/" + name, body, key));
    }

    public JsonNode timeline() {
        return api.operator().inEnglish().get("/api/topup/" + trade + "/timeline").path("data");
    }

    public String story() {
        return timeline().path("story").asString();
    }

    public List<JsonNode> entries() {
        return timeline().path("entries").valueStream().toList();
    }

    /// Those entries of the timeline that are of the kind.
    public List<JsonNode> entries(String kind) {
        return entries().stream().filter(entry -> entry.path("kind").asString().equals(kind)).toList();
    }

    public static String code(JsonNode answer) {
        return answer.path("code").asString("");
    }
}
