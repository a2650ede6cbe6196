package dev.sluice.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.OrderCreated;
import dev.sluice.testing.Facts;

import static dev.sluice.order.Case.code;
import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The orders as operators list them: newest first, and narrowed to what they look for.
@ExtendWith(SharedApi.class)
class OrderListIT {
    private final RunningApi api;
    /// What the numbers of all orders of a test begin with.
    private final String ours;

    OrderListIT(RunningApi api) {
        this.api = api;
        ours = api.anotherNumber() + "-";
    }

    @Test
    void listsNewestFirstPageByPageNarrowedToWhatIsLookedFor() {
        Client even = api.anotherUser();
        Client odd = api.anotherUser();
        List<OrderCreated> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(order("%02d".formatted(i), i % 2 == 0 ? even : odd, Facts.AT.plusSeconds(1000 + i / 2), 1000 + i));
        }
        api.log().append(all);
        String transaction = "4200" + ours;
        api.log().append(Facts.payment(ours + "03", transaction + "03", 1003));
        api.log().append(Facts.credited(ours + "03", transaction + "03", odd.id(), 7));
        await().atMost(SOON)
                .until(() -> numbers("text=" + ours + "&page_size=100").size() == 25 && numbers("text=" + transaction).size() == 1);

        List<String> paged = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            JsonNode data = api.operator().get("/api/topup?text=" + ours + "&page_size=10" + after).path("data");
            data.path("items").forEach(item -> paged.add(item.path("order_id").asString()));
            after = "&after=" + data.path("next").asString("");
        }
        assertThat(after).as("there is no next page").isEqualTo("&after=");
        assertThat(paged).isEqualTo(all.reversed().stream().map(order -> order.tradeNumber().value()).toList());
        assertThat(numbers("text=" + transaction + "0")).containsExactly(ours + "03");
        assertThat(numbers("text=" + ours + "&user=" + odd.id() + "&page_size=100")).hasSize(12)
                .allMatch(number -> number.matches(ours + "\\d[13579]"));
        assertThat(numbers("text=" + ours + "&status=CREDITED")).containsExactly(ours + "03");
        assertThat(numbers("text=" + ours + "&payment_method=alipay")).isEmpty();
        assertThat(numbers("text=" + ours + "&least_money=10.05&most_money=10.06")).containsExactly(ours + "06", ours + "05");
        assertThat(numbers("text=" + ours + "&from=" + Facts.AT.plusSeconds(1001) + "&until=" + Facts.AT.plusSeconds(1002)))
                .containsExactly(ours + "03", ours + "02");
        assertThat(numbers("text=" + ours.replace("-", "_"))).as("no pattern of the caller's").isEmpty();
    }

    @Test
    void asksForALongerTextWhenTooManyOrdersBeginWithIt() {
        api.log().append(order("0", api.anotherUser(), Facts.AT, 7300));
        await().atMost(SOON).until(() -> numbers("text=" + ours).size() == 1);
        api.jdbc().sql("""
                insert into orders.topup
                select (jsonb_populate_record(t, jsonb_build_object('trade_no', :ours || i, 'idempotency_key', :ours || i,
                    'transaction_id', 'X' || :ours || i))).*
                from orders.topup t, generate_series(1, :most) i where t.trade_no = :ours || '0'""").param("ours", ours)
                .param("most", Limits.ORDERS_OF_A_TEXT - 1).update();
        assertThat(numbers("text=" + ours + "&page_size=100")).hasSize(100);

        Client other = api.anotherUser();
        api.log().append(order("X", other, Facts.AT, 7300));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.operator().get("/api/topup?text=" + ours + "&user=" + other.id(), 400).path("data")
                        .asString()).contains("text: more than 2000 orders begin with it"));
        assertThat(numbers("text=" + ours + "X")).containsExactly(ours + "X");
        assertThat(numbers("text=X" + ours + "1999")).containsExactly(ours + "1999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text=\0", "page_size=0", "page_size=101", "page_size=x", "status=DONE", "user=me", "from=today",
            "least_money=1.001",
            "payment_method=cash", "after=xyz", "after=eA"})
    void saysWhichPartOfAQuestionIsWrong(String query) {
        JsonNode answer = api.operator().get("/api/topup?" + query, 400);

        assertThat(code(answer)).isEqualTo("MALFORMED");
        assertThat(answer.path("data").asString()).contains(query.substring(0, query.indexOf('=')));
    }

    private OrderCreated order(String name, Client user, Instant at, long fen) {
        return Facts.order(ours + name, user.id(), fen, 7, Facts.MERCHANT, at);
    }

    private List<String> numbers(String query) {
        return api.operator().get("/api/topup?" + query).path("data").path("items").valueStream()
                .map(item -> item.path("order_id").asString()).toList();
    }
}
