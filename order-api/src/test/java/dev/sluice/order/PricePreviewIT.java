package dev.sluice.order;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// What amounts would cost by settings that are not set yet.
@ExtendWith(SharedApi.class)
class PricePreviewIT {
    private final RunningApi api;
    private final Client operator;

    PricePreviewIT(RunningApi api) {
        this.api = api;
        operator = api.admin();
    }

    @Test
    void pricesCanBeSeenBeforeTheyAreSet() {
        JsonNode before = operator.get("/api/option").path("data");
        Map<String, Object> unsaved = Map.of("Price", 8, "AmountDiscount", Map.of("100", 0.9), "TopupGroupRatio", Map.of("vip", 0.5));

        JsonNode prices = post(Map.of("settings", unsaved, "amounts", List.of(10, 100, 0), "payment_method", "wechat", "group", ""))
                .path("data");
        assertThat(prices.valueStream().map(price -> price.path("money").asString() + " " + price.path("saved").asString()).toList())
                .startsWith("80.00 0.00", "720.00 80.00");
        assertThat(prices.get(2).path("code").asString()).isEqualTo("AMOUNT_BELOW_MINIMUM");
        assertThat(post(Map.of("settings", unsaved, "amounts", List.of(10), "payment_method", "alipay", "group", "vip")).path("data").get(0)
                .path("money").asString()).isEqualTo("40.00");
        JsonNode wrong = post(Map.of("settings", Map.of("Price", 0), "amounts", List.of(10), "payment_method", "wechat", "group", ""));
        assertThat(wrong.path("code").asString()).isEqualTo("NOT_A_NUMBER");
        assertThat(wrong.path("data").get(0).path("name").asString()).isEqualTo("Price");
        assertThat(operator.get("/api/option").path("data")).as("nothing was set").isEqualTo(before);
        assertThat(api.operator().http().post().uri("/api/option/prices").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}").exchange().expectBody().returnResult().getStatus().value()).isEqualTo(403);
    }

    private JsonNode post(Map<String, ?> body) {
        return Client
                .json(operator.http().post().uri("/api/option/prices").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange());
    }
}
