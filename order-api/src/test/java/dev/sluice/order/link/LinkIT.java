package dev.sluice.order.link;

import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What another screen or person sees of an order that its payer shared.
@ExtendWith(SharedApi.class)
class LinkIT {
    private final RunningApi api;
    private final Client user;

    LinkIT(RunningApi api) {
        this.api = api;
        user = api.anotherUser();
    }

    @Test
    void showsWhatPayingNeedsWithoutATokenAndNothingOfThePayer() {
        String number = user.order();
        String key = user.view(number).path("link_key").asString();
        Instant before = Instant.now();

        JsonNode shared = Client.json(link(number, key).expectStatus().isOk().expectHeader().valueEquals("Cache-Control", "no-store"))
                .path("data");

        assertThat(shared.propertyNames()).containsExactlyInAnyOrder("order_id", "status", "merchant", "payment", "now");
        assertThat(shared.path("status").asString()).isEqualTo("AWAITING_PAYMENT");
        assertThat(shared.path("merchant").asString()).isEqualTo("陶然 AI");
        assertThat(Instant.parse(shared.path("now").asString())).isBetween(before, Instant.now());
        JsonNode payment = shared.path("payment");
        assertThat(payment.propertyNames()).containsExactlyInAnyOrder("payment_method", "money", "amount", "quota_display_type", "subject",
                "expires_at", "pay_url", "pay_action");
        assertThat(payment.path("money").asString()).isEqualTo("73.00");
        assertThat(payment.path("amount").asInt()).isEqualTo(10);
        assertThat(payment.path("quota_display_type").asString()).isEqualTo("USD");
        assertThat(payment.path("subject").asString()).isEqualTo("AI服务充值");
        assertThat(payment.path("pay_url").asString()).isEqualTo(user.view(number).path("pay_url").asString()).isNotEmpty();
        link(number + "/qr.svg", key).expectStatus().isOk().expectHeader().contentType("image/svg+xml");
    }

    @Test
    void showsOnlyTheStatusOnceTheOrderCannotBePaid() {
        String number = user.order();
        String key = user.view(number).path("link_key").asString();

        api.credit(number, user);
        await().atMost(RunningApi.SOON).until(() -> user.status(number).equals("CREDITED"));

        JsonNode shared = Client.json(link(number, key).expectStatus().isOk()).path("data");
        assertThat(shared.path("status").asString()).isEqualTo("CREDITED");
        assertThat(shared.path("payment").isNull()).isTrue();
        link(number + "/qr.svg", key).expectStatus().isNotFound();
        assertThat(user.view(number).path("link_key").isNull()).isTrue();
    }

    /// The code may still be valid at the provider for a moment; the link is not.
    @Test
    void showsOnlyTheStatusWhenTheTimeIsOver() {
        String number = user.order();
        String key = user.view(number).path("link_key").asString();

        api.jdbc().sql("update orders.topup set expires_at = now() where trade_no = ?").param(number).update();

        assertThat(Client.json(link(number, key)).path("data").path("payment").isNull()).isTrue();
        link(number + "/qr.svg", key).expectStatus().isNotFound();
    }

    @Test
    void answersAWrongKeyAsItAnswersAnUnknownOrder() {
        String number = user.order();
        String other = user.order();
        String key = user.view(number).path("link_key").asString();
        byte[] unknown = bytes(link("01M830QY68829T57P7RB2YQPZT", key));

        for (ResponseSpec answer : new ResponseSpec[]{link(other, key), link(number, ""), link(number, key.substring(1)),
                link(number + "/qr.svg", key.toLowerCase(Locale.ROOT) + "A"), api.anybody().get().uri("/api/link/" + number).exchange()}) {
            assertThat(bytes(answer.expectStatus().isNotFound())).isEqualTo(unknown);
        }
        api.anybody().post().uri("/api/link/" + number).header("Sluice-Link", key).exchange().expectStatus().isUnauthorized();
    }

    private ResponseSpec link(String path, String key) {
        return api.anybody().get().uri("/api/link/" + path).header("Sluice-Link", key).exchange();
    }

    private static byte[] bytes(ResponseSpec answer) {
        return answer.expectBody().returnResult().getResponseBody();
    }
}
