package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.refund.Refunds;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.RefundRequest;
import dev.sluice.sandbox.trade.RefundResult;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// `refund` and `refundquery`, for requests that are verified. The client certificate is not asked for: the sandbox speaks plain HTTP.
@Component
record WechatRefunds(Trades trades, Refunds refunds) {
    /// Between two refunds of one order.
    static final Duration APART = Duration.ofMinutes(1);
    /// Of one answer to a query.
    static final int PAGE = 10;

    private static final Pattern REFUND_NUMBER = Pattern.compile("[0-9A-Za-z_|*@-]{1,64}");
    private static final Pattern FEN = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,4}");

    /// Accepts a refund: whether it has succeeded, a query answers.
    WechatResult refund(Map<String, String> request) {
        Optional<WechatResult> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Trade> trade = payment(request);
        if (trade.isEmpty()) {
            return request.containsKey("transaction_id")
                    ? WechatError.INVALID_TRANSACTIONID.refusal()
                    : WechatError.ORDERNOTEXIST.refusal();
        }
        long total = Long.parseLong(request.getOrDefault("total_fee", ""));
        long fen = Long.parseLong(request.getOrDefault("refund_fee", ""));
        if (total != trade.get().terms().fen()) {
            return WechatError.INVALID_REQUEST.because("订单金额不一致");
        }
        var wanted = new RefundRequest(request.getOrDefault("out_refund_no", ""), fen, request.getOrDefault("refund_desc", ""),
                Refund.Source.API);
        return about(trade.get(), answer(refunds.request(trade.get(), wanted, APART)));
    }

    private static WechatResult answer(Refunds.Answer answer) {
        return switch (answer) {
            case Refunds.Answer.SystemError() -> WechatError.SYSTEMERROR.refusal();
            case Refunds.Answer.BalanceTooSmall() -> WechatError.NOTENOUGH.refusal();
            case Refunds.Answer.TooSoon() -> WechatError.INVALID_REQ_TOO_MUCH.refusal();
            case Refunds.Answer.Decided(var result) -> switch (result) {
                case RefundResult.Made(var refunded, var refund) -> accepted(refunded, refund);
                case RefundResult.Repeated(var refunded, var refund) -> accepted(refunded, refund);
                case RefundResult.OtherAmount() -> WechatError.REFUND_FEE_MISMATCH.refusal();
                case RefundResult.MoreThanLeft() -> WechatError.INVALID_REQUEST.because("退款金额大于可退金额");
                case RefundResult.TooMany() -> WechatError.INVALID_REQUEST.because("一笔订单最多支持50次部分退款");
                case RefundResult.NotPaid() -> WechatError.ORDER_NOT_READY.refusal();
            };
        };
    }

    /// So that the faults of the order are its, and the log has its number.
    private static WechatResult about(Trade trade, WechatResult result) {
        Map<String, String> fields = new LinkedHashMap<>(result.fields());
        fields.putIfAbsent("out_trade_no", trade.number());
        return new WechatResult(result.signed(), fields);
    }

    private static Optional<WechatResult> refusal(Map<String, String> request) {
        if (request.getOrDefault("transaction_id", "").isEmpty() && request.getOrDefault("out_trade_no", "").isEmpty()) {
            return Optional.of(WechatError.LACK_PARAMS.because("transaction_id"));
        }
        if (!REFUND_NUMBER.matcher(request.getOrDefault("out_refund_no", "")).matches()) {
            return Optional.of(WechatError.INVALID_REQUEST.because("out_refund_no"));
        }
        for (String name : List.of("total_fee", "refund_fee")) {
            if (!FEN.matcher(request.getOrDefault(name, "")).matches()) {
                return Optional.of(WechatError.INVALID_REQUEST.because(name));
            }
        }
        return Optional.empty();
    }

    private Optional<Trade> payment(Map<String, String> request) {
        String transactionId = request.getOrDefault("transaction_id", "");
        return (transactionId.isEmpty()
                ? trades.find(new TradeKey(Provider.WECHAT, request.getOrDefault("out_trade_no", "")))
                : trades.findTransaction(Provider.WECHAT, transactionId)).filter(Trade::paid).map(refunds::current);
    }

    private static WechatResult accepted(Trade trade, Refund refund) {
        String fen = Long.toString(refund.fen());
        Map<String, String> fields = new LinkedHashMap<>(described(trade));
        fields.putAll(Map.of("out_refund_no", refund.number(), "refund_id", refund.id(), "refund_fee", fen, "cash_refund_fee", fen,
                "coupon_refund_fee", "0", "coupon_refund_count", "0"));
        return WechatResult.done(fields);
    }

    private static Map<String, String> described(Trade trade) {
        String total = Long.toString(trade.terms().fen());
        return Map.of("transaction_id", trade.transactionId(), "out_trade_no", trade.number(), "total_fee", total, "cash_fee", total,
                "fee_type", "CNY");
    }

    /// The refund of a number, or ten refunds of an order.
    WechatResult query(Map<String, String> request) {
        String refundId = request.getOrDefault("refund_id", "");
        String number = request.getOrDefault("out_refund_no", "");
        if (!refundId.isEmpty() || !number.isEmpty()) {
            return refunds
                    .find(Provider.WECHAT, refund -> refundId.isEmpty() ? refund.number().equals(number) : refund.id().equals(refundId))
                    .map(trade -> page(trade, trade.refunds().stream()
                            .filter(refund -> refund.number().equals(number) || refund.id().equals(refundId)).toList(), 1))
                    .orElseGet(WechatError.REFUNDNOTEXIST::refusal);
        }
        Optional<Trade> trade = payment(request).filter(each -> !each.refunds().isEmpty());
        if (trade.isEmpty()) {
            return WechatError.REFUNDNOTEXIST.refusal();
        }
        String offset = request.getOrDefault("offset", "0");
        List<Refund> all = trade.get().refunds();
        if (!OFFSET.matcher(offset).matches() || Integer.parseInt(offset) >= all.size()) {
            return WechatError.PARAM_ERROR.because("offset");
        }
        int first = Integer.parseInt(offset);
        return page(trade.get(), all.subList(first, Math.min(first + PAGE, all.size())), all.size());
    }

    private static WechatResult page(Trade trade, List<Refund> page, int total) {
        Map<String, String> fields = new LinkedHashMap<>(described(trade));
        fields.put("refund_fee", Long.toString(trade.refundedFen()));
        fields.put("refund_count", Integer.toString(page.size()));
        fields.put("total_refund_count", Integer.toString(total));
        for (int i = 0; i < page.size(); i++) {
            put(fields, page.get(i), i);
        }
        return WechatResult.done(fields);
    }

    /// `refund_recv_accout` is the official spelling.
    private static void put(Map<String, String> fields, Refund refund, int i) {
        fields.put("out_refund_no_" + i, refund.number());
        fields.put("refund_id_" + i, refund.id());
        fields.put("refund_channel_" + i, "ORIGINAL");
        fields.put("refund_fee_" + i, Long.toString(refund.fen()));
        fields.put("coupon_refund_fee_" + i, "0");
        fields.put("refund_status_" + i, refund.state().name());
        fields.put("refund_account_" + i, "REFUND_SOURCE_UNSETTLED_FUNDS");
        fields.put("refund_recv_accout_" + i, "支付用户的零钱");
        Instant endedAt = refund.endedAt();
        if (endedAt != null && refund.state() == Refund.State.SUCCESS) {
            fields.put("refund_success_time_" + i, BeijingTime.SPACED.write(endedAt));
        }
    }
}
