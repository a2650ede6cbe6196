package dev.sluice.provider.alipay.refund;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.alipay.message.AlipayCall;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;

/// `alipay.trade.fastpay.refund.query`: answers about one refund, by its number. Without `refund_status` Alipay does not know the
/// refund. As a notification named it, the state is unknown then.
///
/// An order is asked about for a limited time. When its refunds are too many for that, those that arrived are remembered, and the next query
/// continues after them.
///
/// Source: opendocs.alipay.com, `alipay.trade.fastpay.refund.query`
public final class AlipayRefundQuery implements RefundQuery {
    /// No further refund is asked about after so long: an order stays the caller's for a limited time only.
    public static final Duration ASKING_WITHIN = Duration.ofSeconds(10);
    /// Refunds that are remembered; then all are forgotten.
    private static final int REMEMBERED = 500;
    private static final Set<String> FOREIGN = Set.of("trade_status", "qr_code", "send_pay_date");

    private final AlipayCall client;
    private final Duration askingWithin;
    private final Map<Refund, Arrived> known = new ConcurrentHashMap<>();

    public AlipayRefundQuery(AlipayCall client, Duration askingWithin) {
        this.client = client;
        this.askingWithin = askingWithin;
    }

    private record Refund(TradeNumber tradeNumber, String number) {}

    /// A refund that succeeded stays so.
    ///
    /// @param body Alipay's answer
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    private record Arrived(long fen, byte[] body) {}

    @Override
    public ProviderResponse<RefundState> query(TradeNumber tradeNumber, Money paid, List<String> refunds) {
        var bodies = new ByteArrayOutputStream();
        long began = System.nanoTime();
        boolean asked = false;
        long fen = 0;
        for (String refund : refunds) {
            Arrived arrived = known.get(new Refund(tradeNumber, refund));
            if (arrived == null && asked && System.nanoTime() - began >= askingWithin.toNanos()) {
                return new ProviderResponse<>(new RefundState.Unknown("refunds are left to be asked about"), bodies.toByteArray());
            }
            try {
                if (arrived == null) {
                    asked = true;
                    ProviderReply<AlipayReply> reply = ask(tradeNumber, refund);
                    bodies.writeBytes(reply.body());
                    arrived = remember(new Refund(tradeNumber, refund), reply);
                } else {
                    bodies.writeBytes(arrived.body());
                }
                fen = Math.addExact(fen, arrived.fen());
            } catch (IllegalArgumentException | ArithmeticException e) {
                return new ProviderResponse<>(new RefundState.Unknown(String.valueOf(e.getMessage())), bodies.toByteArray());
            }
        }
        return new ProviderResponse<>(RefundState.after(fen, paid), bodies.toByteArray());
    }

    private Arrived remember(Refund refund, ProviderReply<AlipayReply> reply) {
        var arrived = new Arrived(refunded(reply, refund.tradeNumber(), refund.number()), reply.body());
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        if (arrived.fen() > 0) {
            known.put(refund, arrived);
        }
        return arrived;
    }

    private ProviderReply<AlipayReply> ask(TradeNumber tradeNumber, String refund) {
        var model = new AlipayTradeFastpayRefundQueryModel();
        model.setOutTradeNo(tradeNumber.value());
        model.setOutRequestNo(refund);
        var request = new AlipayTradeFastpayRefundQueryRequest();
        request.setBizModel(model);
        return client.send(request, FOREIGN);
    }

    /// In fen.
    ///
    /// @throws IllegalArgumentException when the reply is not about this refund. One about a refund that Alipay does not know names neither
    ///                                  it nor a status
    private static long refunded(ProviderReply<AlipayReply> reply, TradeNumber tradeNumber, String refund) {
        return switch (reply) {
            case ProviderReply.Unknown<AlipayReply> unknown -> throw new IllegalArgumentException(unknown.why());
            case ProviderReply.Signed<AlipayReply>(var answer, var _) -> {
                if (!answer.isSuccess()) {
                    throw new IllegalArgumentException(answer.refusal());
                }
                if (answer.text("refund_status").isEmpty()) {
                    throw new IllegalArgumentException("Alipay does not know a refund that was notified");
                }
                if (!answer.text("refund_status").equals("REFUND_SUCCESS") || !tradeNumber.value().equals(answer.text("out_trade_no"))
                        || !refund.equals(answer.text("out_request_no"))) {
                    throw new IllegalArgumentException("the answer is about another refund");
                }
                long fen = Money.parseYuan(answer.text("refund_amount")).minorUnits();
                if (fen == 0) {
                    throw new IllegalArgumentException("nothing was refunded by a refund that was notified");
                }
                yield fen;
            }
        };
    }
}
