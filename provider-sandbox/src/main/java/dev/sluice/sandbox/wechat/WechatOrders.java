package dev.sluice.sandbox.wechat;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.CloseResult;
import dev.sluice.sandbox.trade.Code;
import dev.sluice.sandbox.trade.CodeResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

import static java.nio.charset.StandardCharsets.UTF_8;

/// `unifiedorder`, `orderquery` and `closeorder`, for requests that are verified.
@Component
record WechatOrders(Trades trades, FaultInjection injection, OrderTerms terms, Clock clock, TimeScale timeScale) {
    /// Age from which an unpaid order can be closed.
    static final Duration MIN_AGE = Duration.ofMinutes(5);

    /// An order, and a code to pay it with.
    WechatResult place(Map<String, String> request) {
        return terms.refusal(request).orElseGet(() -> issue(request));
    }

    private WechatResult issue(Map<String, String> request) {
        return switch (trades.issue(terms.of(request))) {
            case CodeResult.Issued(var code) ->
                WechatResult.done(Map.of("trade_type", "NATIVE", "prepay_id", prepayId(code), "code_url", code.text()));
            case CodeResult.AlreadyPaid() -> WechatError.ORDERPAID.refusal();
            case CodeResult.Closed() -> WechatError.ORDERCLOSED.refusal();
            case CodeResult.OtherTerms() -> WechatError.INVALID_REQUEST.because("重入时参数与原请求不一致");
            case CodeResult.Full() -> WechatError.SYSTEMERROR.refusal();
        };
    }

    /// The status of an order. An expired one is still `NOTPAY`: only the merchant closes orders here.
    WechatResult query(Map<String, String> request) {
        String transactionId = request.getOrDefault("transaction_id", "");
        String number = request.getOrDefault("out_trade_no", "");
        if (transactionId.isEmpty() && number.isEmpty()) {
            return WechatError.LACK_PARAMS.because("out_trade_no");
        }
        Optional<Trade> trade = transactionId.isEmpty()
                ? trades.find(new TradeKey(Provider.WECHAT, number))
                // Until its payment no transaction has a number.
                : trades.findTransaction(Provider.WECHAT, transactionId).filter(Trade::paid);
        return trade.map(injection::reported).map(WechatOrders::described).orElseGet(WechatError.ORDERNOTEXIST::refusal);
    }

    /// The order can no longer be paid, scanned or not.
    ///
    /// The documentation forbids closing in the first five minutes, but not what then happens ("can fail"). Here it fails with
    /// `TRADE_STATE_ERROR`, which is among the documented errors and, unlike `SYSTEMERROR`, does not invite to try again at once.
    WechatResult close(Map<String, String> request) {
        String number = request.getOrDefault("out_trade_no", "");
        if (number.isEmpty()) {
            return WechatError.LACK_PARAMS.because("out_trade_no");
        }
        var key = new TradeKey(Provider.WECHAT, number);
        if (trades.find(key).filter(this::isTooYoungToClose).isPresent()) {
            return WechatError.TRADE_STATE_ERROR.because("订单生成后不足5分钟，不能关闭");
        }
        return switch (trades.close(key, injection.has(number, Fault.CLOSED_BUT_PAYABLE))) {
            case CloseResult.Closed(var _) -> WechatResult.done(Map.of("result_msg", "OK"));
            case CloseResult.Unknown() -> WechatError.ORDERNOTEXIST.refusal();
            case CloseResult.AlreadyPaid() -> WechatError.ORDERPAID.refusal();
            case CloseResult.AlreadyClosed() -> WechatError.ORDERCLOSED.refusal();
        };
    }

    private static WechatResult described(Trade trade) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("out_trade_no", trade.number());
        fields.putAll(switch (trade.status()) {
            case UNPAID -> Map.of("trade_state", "NOTPAY", "trade_state_desc", "订单未支付");
            case PAID -> trade.refunds().isEmpty()
                    ? Map.of("trade_state", "SUCCESS", "trade_state_desc", "支付成功")
                    : Map.of("trade_state", "REFUND", "trade_state_desc", "订单发生过退款，退款详情请查询退款单");
            case CLOSED -> Map.of("trade_state", "CLOSED", "trade_state_desc", "订单已关闭");
        });
        if (trade.paid()) {
            WechatPaymentNotification.putPayment(trade, fields);
        }
        return WechatResult.done(fields);
    }

    private boolean isTooYoungToClose(Trade trade) {
        return trade.status() == Trade.Status.UNPAID
                && clock.instant().isBefore(trade.createdAt().plus(timeScale.shorten(MIN_AGE)));
    }

    /// Derived from the code, so that an order placed twice has one prepay id.
    private static String prepayId(Code code) {
        String hash = UUID.nameUUIDFromBytes(code.text().getBytes(UTF_8)).toString().replace("-", "");
        return "wx" + BeijingTime.COMPACT.write(code.issuedAt()) + hash.substring(0, 20);
    }
}
