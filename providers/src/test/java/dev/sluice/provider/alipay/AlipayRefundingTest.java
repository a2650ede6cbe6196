package dev.sluice.provider.alipay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.Vectors;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayRefundingTest {
    private static final RefundOrder REFUND = Orders.anyRefund();
    private static final String OURS = "\"out_trade_no\":\"%s\",\"trade_no\":\"%s\"".formatted(REFUND.tradeNumber(),
            REFUND.transactionId());
    private static final String DONE = "{\"code\":\"10000\",\"msg\":\"Success\",%s,\"fund_change\":\"Y\",\"refund_fee\":\"8.00\",\"gmt_refund_pay\":\"2026-11-22 16:00:00\"}"
            .formatted(OURS);
    private static final String FOUND = "{\"code\":\"10000\",\"msg\":\"Success\",%s,\"out_request_no\":\"%s\",\"refund_amount\":\"3.00\",\"refund_status\":\"REFUND_SUCCESS\",\"total_amount\":\"73.00\",\"gmt_refund_pay\":\"2026-11-22 16:00:00\"}"
            .formatted(OURS, REFUND.number());
    private static final String NO_DATA = "{\"code\":\"10000\",\"msg\":\"Success\"}";
    private static final RefundDetails DETAILS = new RefundDetails(REFUND.number().value(), REFUND.refund(), REFUND.refund(),
            Optional.of(Instant.parse("2026-11-22T08:00:00Z")));

    @Test
    void requestsWithEveryParameter() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (var gateway = new FakeGateway(request -> {
            asked.add(URLDecoder.decode(request, StandardCharsets.UTF_8));
            return AlipayTill.signed("refund", DONE);
        }); var alipay = AlipayTill.speaking(gateway.uri())) {
            var response = alipay.refunding().refund(REFUND);

            assertThat(response.answer()).isEqualTo(new RefundResult.Done(DETAILS));
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).as("the evidence").contains("fund_change");
        }
        assertThat(asked).singleElement().satisfies(request -> assertThat(request).contains("method=alipay.trade.refund",
                "\"trade_no\":\"" + REFUND.transactionId() + "\"", "\"out_request_no\":\"" + REFUND.number() + "\"",
                "\"refund_amount\":\"3.00\"", "\"refund_reason\":\"多付了\"").doesNotContain("out_trade_no"));
    }

    @Test
    void readsRealAnswers() {
        var real = new RefundOrder(new TradeNumber("1703141270"), new RefundNumber("1703141270"),
                new TransactionId("2023122122001499160501586202"), Money.ofFen(1), Money.ofFen(1), "");

        assertThat(result(Vectors.get("ali_sync_responses.items.alipay_trade_refund_response.node"), real))
                .isInstanceOfSatisfying(RefundResult.Done.class, done -> assertThat(done.refund().money()).isEqualTo(Money.ofFen(1)));
        assertThat(progress(Vectors.get("ali_sync_responses.items.alipay_trade_fastpay_refund_query_response.node"), real))
                .isInstanceOf(RefundProgress.Succeeded.class);
    }

    /// Code 10000 alone proves nothing; `N` may stand for an earlier call that timed out.
    @Test
    void onlyAChangeOfFundsIsProof() {
        assertThat(result(DONE.replace("\"Y\"", "\"N\""), REFUND)).isEqualTo(new RefundResult.Accepted());
        assertThat(result(DONE.replace("\"fund_change\":\"Y\",", ""), REFUND)).isEqualTo(new RefundResult.Accepted());
        assertThat(result(DONE.replace("8.00", "2.99"), REFUND)).as("less than this refund was refunded of the trade")
                .isEqualTo(new RefundResult.Accepted());
        assertThat(result(DONE.replace("8.00", "-"), REFUND)).isEqualTo(new RefundResult.Accepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELLER_BALANCE_NOT_ENOUGH", "REFUND_CHARGE_ERROR"})
    void isRefusedForNow(String code) {
        assertThat(failed("40004", "ACQ." + code)).isInstanceOfSatisfying(RefundResult.RefusedForNow.class,
                refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISCORDANT_REPEAT_REQUEST", "TRADE_HAS_FINISHED", "TRADE_HAS_CLOSE", "TRADE_NOT_ALLOW_REFUND",
            "REASON_TRADE_REFUND_FEE_ERR", "REFUND_AMT_NOT_EQUAL_TOTAL", "NOT_ALLOW_PARTIAL_REFUND", "TRADE_NOT_EXIST",
            "REASON_TRADE_BEEN_FREEZEN", "BUYER_NOT_EXIST", "OVERDRAFT_ASSIGN_ERROR", "INVALID_PARAMETER"})
    void isRefused(String code) {
        assertThat(failed("40004", "ACQ." + code)).isInstanceOfSatisfying(RefundResult.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"40006, isv.insufficient-isv-permissions", "40002, isv.invalid-signature", "20001, aop.invalid-auth-token",
            "40001, isv.missing-app-id"})
    void isAFaultOfOurSetUp(String code, String subCode) {
        assertThat(failed(code, subCode)).isInstanceOfSatisfying(RefundResult.WrongSetUp.class,
                wrong -> assertThat(wrong.code()).isEqualTo(subCode));
        assertThat(answered("{\"error_response\":{\"code\":\"%s\",\"sub_code\":\"%s\"}}".formatted(code, subCode)))
                .as("Alipay signs no refusal of a caller whom it does not know").isInstanceOf(RefundResult.WrongSetUp.class);
    }

    @ParameterizedTest
    @CsvSource({"20000, isp.unknow-error", "20000, ACQ.SYSTEM_ERROR", "40004, ACQ.SYSTEM_ERROR", "40004, ACQ.A_NEW_CODE", "40004, ''"})
    void mayHaveHappened(String code, String subCode) {
        assertThat(failed(code, subCode)).isInstanceOf(RefundResult.Unknown.class);
    }

    @Test
    void whatIsNotAboutThisRefundProvesNothing() {
        assertThat(result(DONE.replace(REFUND.tradeNumber().value(), "OTHER"), REFUND)).isInstanceOf(RefundResult.Unknown.class);
        assertThat(result(DONE.replace(REFUND.transactionId().value(), "1"), REFUND)).isInstanceOf(RefundResult.Unknown.class);
        assertThat(result(FOUND, REFUND)).as("the answer to a query").isInstanceOf(RefundResult.Unknown.class);
        assertThat(answered(AlipayTill.signed("refund", DONE).replace("8.00", "9.00"))).as("not signed")
                .isInstanceOf(RefundResult.Unknown.class);
        assertThat(answered("<html>busy</html>")).isInstanceOf(RefundResult.Unknown.class);
    }

    @Test
    void readsHowFarItIs() {
        assertThat(progress(FOUND, REFUND)).isEqualTo(new RefundProgress.Succeeded(DETAILS));
        assertThat(progress(NO_DATA, REFUND)).as("Alipay does not know it").isEqualTo(new RefundProgress.Absent());
        assertThat(progress(FOUND.replace("REFUND_SUCCESS", "REFUND_PROCESSING"), REFUND)).isEqualTo(new RefundProgress.Processing());
        assertThat(progress("{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}", REFUND)).isEqualTo(new RefundProgress.Absent());
    }

    @Test
    void whatIsNotUnderstoodIsUnknown() {
        assertThat(progress(FOUND.replace("3.00", "3.01"), REFUND)).as("another amount").isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(FOUND.replace("3.00", "-"), REFUND)).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(FOUND.replace("REFUND_SUCCESS", "REFUND_FAIL"), REFUND)).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(FOUND.replace(REFUND.number().value(), "R"), REFUND)).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(FOUND.replace(REFUND.tradeNumber().value(), "T"), REFUND)).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress("{\"code\":\"20000\",\"sub_code\":\"isp.unknow-error\"}", REFUND)).isInstanceOf(RefundProgress.Unknown.class);
        assertThat(progress(DONE.replace("{", "{\"trade_status\":\"TRADE_SUCCESS\","), REFUND)).as("the answer to another question")
                .isInstanceOf(RefundProgress.Unknown.class);
    }

    /// Alipay has no list: it knows the refunds that notifications named, by their numbers.
    @Test
    void listsTheNamedRefundsThatItKnows() {
        try (var gateway = new FakeGateway(request -> AlipayTill.signed("fastpay_refund_query",
                request.contains("CONSOLE") ? FOUND.replace(REFUND.number().value(), "CONSOLE_1") : NO_DATA));
                var alipay = AlipayTill.speaking(gateway.uri())) {
            var listing = alipay.refunding().list(REFUND.tradeNumber(), REFUND.transactionId(),
                    List.of(new RefundNumber("UNKNOWN_1"), new RefundNumber("CONSOLE_1"))).answer();

            assertThat(listing).isInstanceOfSatisfying(RefundListing.Listed.class,
                    listed -> assertThat(listed.refunds()).singleElement().satisfies(refund -> {
                        assertThat(refund.number().value()).isEqualTo("CONSOLE_1");
                        assertThat(refund.money()).isEqualTo(Money.ofFen(300));
                    }));
        }
    }

    private static RefundResult failed(String code, String subCode) {
        return result("{\"code\":\"%s\",\"msg\":\"x\",\"sub_code\":\"%s\",\"sub_msg\":\"说明\"}".formatted(code, subCode), REFUND);
    }

    private static RefundResult result(String node, RefundOrder refund) {
        return answered(AlipayTill.signed("refund", node), refund);
    }

    private static RefundResult answered(String answer) {
        return answered(answer, REFUND);
    }

    private static RefundResult answered(String answer, RefundOrder refund) {
        try (var gateway = new FakeGateway(_ -> answer); var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.refunding().refund(refund).answer();
        }
    }

    private static RefundProgress progress(String node, RefundOrder refund) {
        try (var gateway = new FakeGateway(_ -> AlipayTill.signed("fastpay_refund_query", node));
                var alipay = AlipayTill.speaking(gateway.uri())) {
            return alipay.refunding().progress(refund).answer();
        }
    }
}
