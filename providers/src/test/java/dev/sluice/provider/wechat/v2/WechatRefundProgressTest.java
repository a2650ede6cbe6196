package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sluice.event.value.Money;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;

import static org.assertj.core.api.Assertions.assertThat;

class WechatRefundProgressTest {
    private static final RefundOrder REFUND = Orders.anyRefund();
    private static final RefundDetails DETAILS = new RefundDetails("50000404922017112502468056157", REFUND.refund(), REFUND.refund(),
            Optional.of(Instant.parse("2026-11-22T08:00:00Z")));

    @Test
    void asksByItsNumberAlone() {
        List<Map<String, String>> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            asked.add(WechatTill.asked(request));
            return WechatTill.signed(one("SUCCESS"));
        }); var wechat = WechatTill.speaking(gateway.uri())) {
            var response = wechat.refunding().progress(REFUND);

            assertThat(response.answer()).isEqualTo(new RefundProgress.Succeeded(DETAILS));
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).as("the evidence").contains("50000404922017112502468056157");
        }
        assertThat(asked).singleElement().satisfies(fields -> assertThat(fields).containsEntry("out_refund_no", REFUND.number().value())
                .doesNotContainKeys("out_trade_no", "transaction_id", "offset"));
    }

    @Test
    void readsEveryState() {
        assertThat(progress(one("CHANGE"))).as("the money rests with WeChat Pay").isEqualTo(new RefundProgress.LeftAtProvider(DETAILS));
        assertThat(progress(one("PROCESSING"))).isEqualTo(new RefundProgress.Processing());
        assertThat(progress(one("REFUNDCLOSE"))).as("the money is back").isEqualTo(new RefundProgress.Closed());
        assertThat(progress(one("FAIL"))).as("what old answers have for it").isEqualTo(new RefundProgress.Closed());
        assertThat(progress(Map.of("result_code", "FAIL", "err_code", "REFUNDNOTEXIST"))).isEqualTo(new RefundProgress.Absent());
    }

    @Test
    void couponsLessenWhatLeavesTheMerchant() {
        assertThat(progress(with(one("SUCCESS"), "settlement_refund_fee_0", "250"))).isEqualTo(new RefundProgress.Succeeded(
                new RefundDetails(DETAILS.refundId(), REFUND.refund(), Money.ofFen(250), DETAILS.at())));
    }

    @ParameterizedTest
    @CsvSource({"refund_fee_0, 301, with another amount", "out_refund_no_0, OTHER, about another refund",
            "out_trade_no, OTHER, about another order", "transaction_id, 1, about another order", "refund_status_0, NEW, refund_status",
            "refund_fee_0, 3.00, not an amount in fen", "trade_state, SUCCESS, to another question"})
    void whatIsNotAboutThisRefundMeansNothing(String field, String value, String why) {
        assertThat(progress(with(one("SUCCESS"), field, value))).isInstanceOfSatisfying(RefundProgress.Unknown.class,
                unknown -> assertThat(unknown.why()).contains(why));
    }

    @Test
    void anyOtherAnswerMeansNothing() {
        assertThat(progress(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR"))).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(Map.of("result_code", "FAIL", "err_code", "PARAM_ERROR"))).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(answered(WechatTill.signed(one("SUCCESS")).replace("300", "301"))).as("not signed")
                .isInstanceOf(RefundProgress.Unknown.class);
        assertThat(answered("<xml><return_code>FAIL</return_code></xml>")).isInstanceOf(RefundProgress.Unknown.class);
    }

    @Test
    void anUnusableTimeIsNone() {
        assertThat(progress(with(one("SUCCESS"), "refund_success_time_0", "soon"))).isInstanceOfSatisfying(RefundProgress.Succeeded.class,
                succeeded -> assertThat(succeeded.refund().at()).isEmpty());
    }

    /// Among them one that was made in WeChat Pay's console.
    @Test
    void listsAllRefundsOfAPaymentPageByPage() {
        List<Map<String, String>> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            asked.add(WechatTill.asked(request));
            int offset = Integer.parseInt(asked.getLast().getOrDefault("offset", "0"));
            return WechatTill.signed(page(offset, Math.min(10, 25 - offset), 25));
        }); var wechat = WechatTill.speaking(gateway.uri())) {
            var listing = wechat.refunding().list(REFUND.tradeNumber(), REFUND.transactionId(), List.of()).answer();

            assertThat(listing).isInstanceOfSatisfying(RefundListing.Listed.class, listed -> {
                assertThat(listed.refunds()).hasSize(25).extracting(each -> each.number().value()).startsWith("R-0", "R-1")
                        .endsWith("R-24").doesNotHaveDuplicates();
                assertThat(listed.refunds().stream().mapToLong(each -> each.money().minorUnits()).sum()).as("the top-level refund_fee")
                        .isEqualTo(2500);
            });
        }
        assertThat(asked.stream().map(fields -> fields.getOrDefault("offset", "-"))).containsExactly("-", "10", "20");
        assertThat(asked).allSatisfy(fields -> assertThat(fields).containsEntry("transaction_id", REFUND.transactionId().value()));
    }

    @Test
    void anOffsetBeyondTheEndIsTheEnd() {
        try (var gateway = new FakeGateway(request -> WechatTill.signed(WechatTill.asked(request).containsKey("offset")
                ? Map.of("result_code", "FAIL", "err_code", "PARAM_ERROR")
                : page(0, 10, 11))); var wechat = WechatTill.speaking(gateway.uri())) {
            assertThat(wechat.refunding().list(REFUND.tradeNumber(), REFUND.transactionId(), List.of()).answer())
                    .isInstanceOfSatisfying(RefundListing.Listed.class, listed -> assertThat(listed.refunds()).hasSize(10));
        }
    }

    @Test
    void aPaymentWithoutRefundsHasAnEmptyList() {
        assertThat(listing(Map.of("result_code", "FAIL", "err_code", "REFUNDNOTEXIST"))).isEqualTo(new RefundListing.Listed(List.of()));
        assertThat(listing(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR"))).isInstanceOf(RefundListing.Unknown.class);
        assertThat(listing(with(page(0, 1, 1), "out_refund_no_0", ""))).as("a refund without a number")
                .isInstanceOf(RefundListing.Unknown.class);
    }

    private static Map<String, String> one(String status) {
        Map<String, String> fields = new HashMap<>(Map.of("result_code", "SUCCESS", "out_trade_no", REFUND.tradeNumber().value(),
                "transaction_id", REFUND.transactionId().value(), "refund_count", "1", "out_refund_no_0", REFUND.number().value(),
                "refund_id_0", DETAILS.refundId(), "refund_fee_0", "300", "refund_status_0", status, "refund_success_time_0",
                "2026-11-22 16:00:00"));
        fields.put("total_fee", "7300");
        return fields;
    }

    private static Map<String, String> page(int offset, int count, int total) {
        Map<String, String> fields = new HashMap<>(Map.of("result_code", "SUCCESS", "out_trade_no", REFUND.tradeNumber().value(),
                "transaction_id", REFUND.transactionId().value(), "refund_count", Integer.toString(count), "total_refund_count",
                Integer.toString(total), "refund_fee", Integer.toString(total * 100)));
        IntStream.range(0, count).forEach(i -> fields.putAll(Map.of("out_refund_no_" + i, "R-" + (offset + i), "refund_id_" + i,
                "5000" + (offset + i), "refund_fee_" + i, "100", "refund_status_" + i, "SUCCESS")));
        return fields;
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        return fields;
    }

    private static RefundProgress progress(Map<String, String> answer) {
        return answered(WechatTill.signed(answer));
    }

    private static RefundProgress answered(String answer) {
        try (var gateway = new FakeGateway(_ -> answer); var wechat = WechatTill.speaking(gateway.uri())) {
            return wechat.refunding().progress(REFUND).answer();
        }
    }

    private static RefundListing listing(Map<String, String> answer) {
        try (var gateway = new FakeGateway(_ -> WechatTill.signed(answer)); var wechat = WechatTill.speaking(gateway.uri())) {
            return wechat.refunding().list(REFUND.tradeNumber(), REFUND.transactionId(), List.of()).answer();
        }
    }
}
