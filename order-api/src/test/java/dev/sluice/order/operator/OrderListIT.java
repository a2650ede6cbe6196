package dev.sluice.order.operator;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriBuilder;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.value.Money;
import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Facts;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
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
        assertThat(api.operator().get("/api/topup?text=" + ours + "03").path("data").path("items").get(0).path("quota").asLong())
                .as("what it brought").isEqualTo(7);
        assertThat(numbers("text=" + ours + "&payment_method=alipay")).isEmpty();
        assertThat(numbers("text=" + ours + "&least_money=10.05&most_money=10.06")).containsExactly(ours + "06", ours + "05");
        assertThat(numbers("text=" + ours + "&from=" + Facts.AT.plusSeconds(1001) + "&until=" + Facts.AT.plusSeconds(1002)))
                .containsExactly(ours + "03", ours + "02");
        assertThat(numbers("text=" + ours.replace("-", "_"))).as("no pattern of the caller's").isEmpty();
    }

    @Test
    void showsFiguresOfTheLastDaysAndWhatWaits() {
        Client payer = api.anotherUser();
        long before = credited();
        api.credit(payer.order(), payer);

        await().atMost(SOON).untilAsserted(() -> assertThat(credited()).isGreaterThan(before));
        JsonNode figures = api.operator().get("/api/topup/figures?days=1").path("data");
        assertThat(figures.path("credited_today").has("half_within")).isTrue();
        assertThat(figures.path("open_holds").isNumber()).isTrue();
        assertThat(api.operator().get("/api/topup/figures?days=0", 400).path("code").asString()).isEqualTo("MALFORMED");
    }

    private long credited() {
        return api.operator().get("/api/topup/figures").path("data").path("days").valueStream()
                .filter(day -> day.path("status").asString().equals("CREDITED")).mapToLong(day -> day.path("orders").asLong()).sum();
    }

    @Test
    void findsAnOrderByTheSupportCodeThatItsPayerReads() {
        Client payer = api.anotherUser();
        String number = payer.order();
        String code = payer.view(number).path("support_code").asString();

        assertThat(numbers("text=" + code.toLowerCase(Locale.ROOT))).containsExactly(number);
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
    @ValueSource(strings = {"text=%00", "page_size=0", "page_size=101", "page_size=x", "status=DONE", "user=a%20b", "from=today",
            "least_money=1.001", "payment_method=no-cash", "after=xyz", "after=eA", "from=%2B999999999-01-01T00:00:00Z",
            "until=-0001-01-01T00:00:00Z", "after=MjAyNi0wMS0wMVQwMDowMDowMFogAA", "after=KzEwMDAwLTAxLTAxVDAwOjAwOjAwWiBY",
            "least_money=1E999999999", "foo=1", "user_id=7", "status=PAID&status=HELD"})
    void saysWhichPartOfAQuestionIsWrong(String query) {
        JsonNode answer = Client.json(ask("/api/topup?" + query).expectStatus().isBadRequest());

        assertThat(code(answer)).isEqualTo("MALFORMED");
        assertThat(answer.path("data").asString()).contains(query.substring(0, query.indexOf('=')));
    }

    private static final List<String> HOSTILE = List.of("%00", "%F0%9F%98%80", "%ED%A0%80", "x".repeat(3000), "-1", "9".repeat(25),
            "%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "1E999999999", "1E-999999999", "0E2147483647", "2147483647",
            "%25", "%5C", "%27", "MjAyNi0wMS0wMVQwMDowMDowMFogAA");

    @ParameterizedTest
    @ValueSource(strings = {"/api/topup?text=", "/api/topup?page_size=", "/api/topup?status=", "/api/topup?payment_method=",
            "/api/topup?user=", "/api/topup?from=", "/api/topup?until=", "/api/topup?least_money=", "/api/topup?most_money=",
            "/api/topup?after=", "/api/topup/{}/timeline", "/api/user/topup/self?p=", "/api/user/topup/self?page_size=",
            "/api/user/topup/self?keyword=", "/api/user/topup/{}", "/api/user/topup/{}/qr.svg", "/api/user/topup/{}/events"})
    void noQuestionIsTooStrangeForAnAnswer(String path) {
        for (String value : HOSTILE) {
            String question = path.contains("{}") ? path.replace("{}", value) : path + value;
            assertThat(ask(question).returnResult(Void.class).getStatus().value()).as(question).isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "cancel", "resolve"})
    void noActIsTooStrangeForAnAnswer(String act) {
        Scenario placed = Scenario.of(api);
        placed.place();
        Scenario foreign = Scenario.of(api);
        foreign.held("X", Money.ofFen(7299), HoldReason.UNKNOWN_ORDER);
        String more = act.equals("resolve") ? "\"resolution\":\"credit\",\"user_id\":9,\"quota\":9," : "";
        for (String number : List.of("%00", "%F0%9F%98%80", placed.trade(), foreign.trade())) {
            for (String reason : List.of("\"\\u0000\"", "\"\\ud800\"", "\"😀\"", "null", "1", "\"" + "x".repeat(3000) + "\"")) {
                int status = api.operator().http().post().uri(builder -> uri(builder, "/api/topup/" + number + "/" + act))
                        .contentType(MediaType.APPLICATION_JSON).bodyValue("{" + more + "\"reason\":" + reason + "}").exchange()
                        .returnResult(Void.class).getStatus().value();
                assertThat(status).as(number + " " + reason).isLessThan(500);
            }
        }
    }

    /// @param question as it goes over the wire
    private WebTestClient.ResponseSpec ask(String question) {
        return api.operator().http().get().uri(builder -> uri(builder, question)).exchange();
    }

    private static URI uri(UriBuilder builder, String question) {
        return URI.create(builder.build().resolve("/") + question.substring(1));
    }

    private OrderCreated order(String name, Client user, Instant at, long fen) {
        return Facts.order(ours + name, user.id(), fen, 7, Facts.MERCHANT, at);
    }

    private List<String> numbers(String query) {
        return api.operator().get("/api/topup?" + query).path("data").path("items").valueStream()
                .map(item -> item.path("order_id").asString()).toList();
    }
}
