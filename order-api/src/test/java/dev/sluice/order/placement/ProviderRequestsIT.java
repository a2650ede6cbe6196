package dev.sluice.order.placement;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.order.Client;
import dev.sluice.order.FakeAlipay;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.GivenAnswer;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What the providers receive, field by field, for what callers send and admins set. Both verify the signature of each request.
@ExtendWith(SharedApi.class)
class ProviderRequestsIT {
    private static final DateTimeFormatter BEIJING = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private final RunningApi api;
    private final FakeWechat wechat;
    private final FakeAlipay alipay;
    private final Client user;

    ProviderRequestsIT(RunningApi api, FakeWechat wechat, FakeAlipay alipay) {
        this.api = api;
        this.wechat = wechat;
        this.alipay = alipay;
        user = api.anotherUser();
    }

    @AfterEach
    void asInTheFile() {
        set("{\"Price\":null,\"TopupGroupRatio\":null,\"AmountDiscount\":null,\"WechatMinTopUp\":null,\"OrderExpireMinutes\":null}");
    }

    @Test
    void anOrderOverIpv6HasOneLiteralAsThePayersAddress() {
        assumeTrue(RunningApi.hasIpv6(), "NOT TESTED: this machine has no IPv6 loopback address, so no order was placed over IPv6");
        Client overIpv6 = new Client(user.id(), user.http().mutate().baseUrl("http://[::1]:" + api.port()).build());

        String number = overIpv6.pay(10, null).path("data").path("order_id").asString();

        assertThat(payersAddress(number)).isEqualTo("0:0:0:0:0:0:0:1");
    }

    /// WeChat Pay refuses what is not one address. What a proxy says that is no address ends the walk at the proxy.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"203.0.113.7|203.0.113.7", "203.0.113.7, 198.51.100.9|198.51.100.9",
            "203.0.113.7,198.51.100.9, 127.0.0.2|198.51.100.9", "203.0.113.7:51234|203.0.113.7", "::ffff:203.0.113.7|203.0.113.7",
            "::FFFF:cb00:7107|203.0.113.7", "[::ffff:203.0.113.7]:443|203.0.113.7", "[2001:db8::1]|2001:db8:0:0:0:0:0:1",
            "[2001:db8::1]:443|2001:db8:0:0:0:0:0:1", "2001:DB8:203:4e90:2535:6ee1:61ac:ffe5|2001:db8:203:4e90:2535:6ee1:61ac:ffe5",
            "fe80::1%eth0|127.0.0.2", "[fe80::1%25eth0]:443|127.0.0.2", "unknown|127.0.0.2", "203.0.113.7, unknown|127.0.0.2"})
    void thePayersAddressBehindAProxyIsOneLiteral(String forwardedFor, String address) {
        String number = user.through(RunningApi.PROXY, forwardedFor).pay(10, null).path("data").path("order_id").asString();

        assertThat(payersAddress(number)).isEqualTo(address);
    }

    private String payersAddress(String number) {
        return wechat.requestsFor(number).getLast().getOrDefault("spbill_create_ip", "");
    }

    /// WeChat Pay refuses a number that comes again with other parameters.
    @ParameterizedTest
    @ValueSource(strings = {"SYSTEMERROR", "html"})
    void aRetryFromAnotherAddressHasIdenticalFieldsButNonceAndSign(String failure) {
        wechat.answerWith(failure.equals("html")
                ? GivenAnswer.of("<html>busy</html>", StandardCharsets.UTF_8)
                : GivenAnswer.of(FakeWechat.signed(Map.of("result_code", "FAIL", "err_code", failure, "err_code_des", "系统错误")),
                        StandardCharsets.UTF_8));
        JsonNode refused = user.through(RunningApi.PROXY, "203.0.113.7").payBy("wechat", 10, "same-fields", 503);
        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
        wechat.beKind();
        set("{\"Price\":9.8}");

        JsonNode order = user.through(RunningApi.PROXY, "198.51.100.9").pay(10, "same-fields").path("data");

        List<Map<String, String>> requests = wechat.requestsFor(order.path("order_id").asString());
        assertThat(requests).hasSize(2);
        assertThat(requests.getFirst()).containsEntry("spbill_create_ip", "203.0.113.7").containsKeys("time_start", "time_expire", "body",
                "notify_url", "total_fee", "product_id", "trade_type", "fee_type", "appid", "mch_id", "sign_type");
        assertThat(withoutNonce(requests.getLast())).isEqualTo(withoutNonce(requests.getFirst()));
        assertThat(requests.getLast().get("nonce_str")).isNotEqualTo(requests.getFirst().get("nonce_str"));
        assertThat(order.path("pay_url").asString()).startsWith("weixin://");
    }

    private static Map<String, String> withoutNonce(Map<String, String> request) {
        Map<String, String> rest = new TreeMap<>(request);
        rest.keySet().removeAll(List.of("nonce_str", "sign"));
        return rest;
    }

    /// Exact decimals, rounded half up to the fen once. The amounts are those that floating point got wrong elsewhere.
    @ParameterizedTest
    @CsvSource({"9.8,1,1,1,9.80", "19.9,1,1,1,19.90", "8.8,1,1,1,8.80", "0.03,1,1,1,0.03", "1.1,3,1,1,3.30", "4.35,1,1,1,4.35",
            "4.35,100,1,1,435.00", "1.005,1,1,1,1.01", "2.675,1,1,1,2.68", "33.33,1,0.3,1,10.00", "33.33,3,1,0.9,89.99",
            "33.33,1,0.85,1,28.33", "8.3,1,0.625,1,5.19", "0.01,1,1,1,0.01", "0.29,100,1,1,29.00", "0.07,100,1,1,7.00",
            "7.3,10,1,1,73.00"})
    void pricesAreExactAndTheSameInBothRoutesAndAtBothProviders(String price, long amount, String ratio, String discount, String yuan) {
        set("{\"Price\":%s,\"TopupGroupRatio\":{\"field\":%s},\"AmountDiscount\":{\"%d\":%s},\"WechatMinTopUp\":1}".formatted(price, ratio,
                amount, discount));
        Client buyer = api.user(user.id(), "field");

        for (String method : List.of("wechat", "alipay")) {
            JsonNode shown = buyer.post("/api/user/amount", Map.of("amount", amount, "payment_method", method), null, 200);
            JsonNode order = buyer.payBy(method, amount, null, 200).path("data");

            assertThat(shown.path("data").asString()).as("amount, %s", method).isEqualTo(yuan);
            assertThat(order.path("money").asString()).as("pay, %s", method).isEqualTo(yuan);
            String number = order.path("order_id").asString();
            if (method.equals("wechat")) {
                assertThat(wechat.requestsFor(number).getLast()).containsEntry("total_fee",
                        new BigDecimal(yuan).movePointRight(2).toBigIntegerExact().toString());
            } else {
                assertThat(alipay.requestsFor(number).getLast().path("total_amount").asString()).isEqualTo(yuan);
            }
        }
    }

    /// WeChat Pay takes an expiry that is more than five minutes ahead, by its own clock: here that is five seconds ahead of ours.
    @Test
    void theShortestExpiryLeavesMoreThanFiveMinutesByAClockThatIsFiveSecondsAhead() {
        set("{\"OrderExpireMinutes\":6}");

        String number = user.pay(10, null).path("data").path("order_id").asString();

        LocalDateTime theirs = LocalDateTime.now(ZoneOffset.ofHours(8)).plusSeconds(5);
        LocalDateTime expiry = LocalDateTime.parse(wechat.requestsFor(number).getLast().getOrDefault("time_expire", ""), BEIJING);
        assertThat(Duration.between(theirs, expiry)).isGreaterThan(Duration.ofMinutes(5));
    }

    private void set(String settings) {
        JsonNode set = Client.json(api.admin().http().put().uri("/api/option").contentType(MediaType.APPLICATION_JSON).bodyValue(settings)
                .exchange().expectStatus().isOk());
        assertThat(set.path("success").asBoolean()).as(JsonMapper.shared().writeValueAsString(set)).isTrue();
    }
}
