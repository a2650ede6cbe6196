package dev.sluice.provider.wechat.v2;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;

/// `POST /pay/refundquery` of WeChat Pay v2: lists the refunds of an order, ten at a time.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "查询退款"
final class WechatRefundQuery implements RefundQuery {
    /// "A payment can be refunded in at most 50 parts."
    private static final int MOST_REFUNDS = 50;

    private final WechatClient client;

    WechatRefundQuery(WechatClient client) {
        this.client = client;
    }

    /// The refunds on one page of the answer.
    ///
    /// @param count how many they are
    /// @param total how many the order has
    /// @param fen   the sum of those that arrived
    private record Page(int count, int total, long fen, boolean underWay) {}

    @Override
    public ProviderResponse<RefundState> query(TradeNumber tradeNumber, Money paid, List<String> refunds) {
        var bodies = new ByteArrayOutputStream();
        int seen = 0;
        long fen = 0;
        while (seen <= MOST_REFUNDS) {
            ProviderReply<Map<String, String>> reply = ask(tradeNumber, seen);
            bodies.writeBytes(reply.body());
            try {
                Page page = page(reply, tradeNumber);
                fen = Math.addExact(fen, page.fen());
                seen += page.count();
                if (page.underWay()) {
                    return unknown("a refund is under way", bodies);
                }
                if (seen == 0 && !refunds.isEmpty()) {
                    return unknown("WeChat Pay lists no refund, and one was notified", bodies);
                }
                if (page.count() == 0 || seen >= page.total()) {
                    return new ProviderResponse<>(RefundState.after(fen, paid), bodies.toByteArray());
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                return unknown(String.valueOf(e.getMessage()), bodies);
            }
        }
        return unknown("more than " + MOST_REFUNDS + " refunds", bodies);
    }

    private ProviderReply<Map<String, String>> ask(TradeNumber tradeNumber, int offset) {
        Map<String, String> fields = new HashMap<>(Map.of("out_trade_no", tradeNumber.value()));
        if (offset > 0) {
            fields.put("offset", Integer.toString(offset));
        }
        try {
            return client.call(WechatOperation.REFUND_QUERY, fields);
        } catch (WechatRequest.UnsendableFieldException e) {
            return new ProviderReply.Unusable<>(String.valueOf(e.getMessage()), new byte[0]);
        }
    }

    /// @throws IllegalArgumentException when the reply is no list of the order's refunds
    private static Page page(ProviderReply<Map<String, String>> reply, TradeNumber asked) {
        return switch (reply) {
            case ProviderReply.Unknown<Map<String, String>> unknown -> throw new IllegalArgumentException(unknown.why());
            case ProviderReply.Signed<Map<String, String>>(var fields, var _) -> {
                if (!"SUCCESS".equals(fields.get("result_code"))) {
                    throw new IllegalArgumentException(WechatClient.refusal(fields));
                }
                if (!asked.value().equals(fields.get("out_trade_no"))) {
                    throw new IllegalArgumentException("the answer is about another order");
                }
                yield page(fields);
            }
        };
    }

    private static Page page(Map<String, String> fields) {
        int count = Integer.parseInt(fields.getOrDefault("refund_count", ""));
        if (count < 0 || count > MOST_REFUNDS) {
            throw new IllegalArgumentException("refund_count");
        }
        int total = Integer.parseInt(fields.getOrDefault("total_refund_count", Integer.toString(count)));
        List<Refund> refunds = IntStream.range(0, count).mapToObj(i -> Refund.of(fields, i)).toList();
        return new Page(count, total, refunds.stream().mapToLong(Refund::arrived).reduce(0, Math::addExact),
                refunds.stream().anyMatch(Refund::underWay));
    }

    /// @param arrived at the payer, in fen
    private record Refund(long arrived, boolean underWay) {
        static Refund of(Map<String, String> fields, int i) {
            long fen = Money.parseFen(fields.getOrDefault("refund_fee_" + i, ""), Money.CNY).minorUnits();
            String status = fields.getOrDefault("refund_status_" + i, "");
            return switch (status) {
                // CHANGE: the payer's card is gone, and the merchant owes the money by another way. It is none to credit.
                case "SUCCESS", "CHANGE" -> new Refund(fen, false);
                case "PROCESSING" -> new Refund(0, true);
                case "REFUNDCLOSE", "FAIL" -> new Refund(0, false);
                default -> throw new IllegalArgumentException("refund_status");
            };
        }
    }

    private static ProviderResponse<RefundState> unknown(String why, ByteArrayOutputStream bodies) {
        return new ProviderResponse<>(new RefundState.Unknown(why), bodies.toByteArray());
    }
}
