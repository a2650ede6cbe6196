package dev.sluice.order;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.EventCodec;
import dev.sluice.event.HoldReason;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.Provider;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// One order: what the log is told of it, what its owner sees, and what operators see and do. The worker's and the reconciler's words are
/// told by the tests.
///
/// @param trade its number, whether there is an order under it or not
/// @param owner who placed it
record Case(RunningApi api, String trade, Client owner) {
    static Case of(RunningApi api) {
        return new Case(api, api.anotherNumber(), api.anotherUser().inEnglish());
    }

    TradeNumber number() {
        return new TradeNumber(trade);
    }

    long user() {
        return owner.id();
    }

    /// The provider's number of a payment, of which a case may have several.
    TransactionId transaction(String which) {
        return new TransactionId(which + "-" + trade);
    }

    /// Five million quota for 73 yuan.
    void place() {
        place(Facts.MERCHANT);
    }

    void place(Merchant merchant) {
        api.log().append(Facts.order(trade, user(), 7300, 5_000_000, merchant, Facts.AT));
        await().atMost(RunningApi.SOON).untilAsserted(() -> assertThat(status()).isEqualTo("NEW"));
    }

    void paid(String which, Money money) {
        tell(payment(which, money));
    }

    void held(String which, Money money, HoldReason reason) {
        tell(payment(which, money), Facts.held(trade, transaction(which).value(), money, reason));
    }

    private PaymentConfirmed payment(String which, Money money) {
        return Facts.payment(trade, transaction(which).value(), money, Provider.WECHAT, Facts.MERCHANT);
    }

    void credited(String which, long to, long quota) {
        tell(Facts.credited(trade, transaction(which).value(), to, quota));
    }

    void released(String which, long to, long quota) {
        tell(Facts.released(trade, transaction(which).value(), to, quota));
    }

    /// Tells the log, and waits until the timeline has the last of it.
    private void tell(TopUpEvent... events) {
        api.log().append(List.of(events));
        Timeline timeline = api.bean(Timeline.class);
        await().atMost(RunningApi.SOON).until(() -> timeline.find(trade, EventCodec.idOf(events[events.length - 1])).isPresent());
    }

    JsonNode view() {
        return owner.view(trade);
    }

    String status() {
        return owner.status(trade);
    }

    JsonNode resolve(Map<String, ?> body, @Nullable String key) {
        return act("resolve", body, key);
    }

    JsonNode cancel(String reason, @Nullable String key) {
        return act("cancel", Map.of("reason", reason), key);
    }

    JsonNode check(String reason, @Nullable String key) {
        return act("check", Map.of("reason", reason), key);
    }

    private JsonNode act(String name, Map<String, ?> body, @Nullable String key) {
        return Client.json(api.operator().inEnglish().posted("/api/topup/" + trade + "/" + name, body, key));
    }

    JsonNode timeline() {
        return api.operator().inEnglish().get("/api/topup/" + trade + "/timeline").path("data");
    }

    String story() {
        return timeline().path("story").asString();
    }

    List<JsonNode> entries() {
        return timeline().path("entries").valueStream().toList();
    }

    /// Those entries of the timeline that are of the kind.
    List<JsonNode> entries(String kind) {
        return entries().stream().filter(entry -> entry.path("kind").asString().equals(kind)).toList();
    }

    static String code(JsonNode answer) {
        return answer.path("code").asString("");
    }
}
