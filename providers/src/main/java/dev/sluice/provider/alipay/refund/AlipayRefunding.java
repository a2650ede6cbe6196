package dev.sluice.provider.alipay.refund;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.alipay.message.AlipayCall;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.refund.RefundRules;
import dev.sluice.provider.refund.Refunding;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.Subject;

/// `alipay.trade.refund` and `alipay.trade.fastpay.refund.query`.
///
/// Source: opendocs.alipay.com, `alipay.trade.refund`, `alipay.trade.fastpay.refund.query`
public final class AlipayRefunding implements Refunding {
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    private static final Duration ABSENT_FROM = Duration.ofSeconds(10);
    /// A refund may not be visible yet.
    private static final int ABSENT_ANSWERS = 2;
    private static final RefundRules RULES = new RefundRules(BETWEEN, ABSENT_FROM, ABSENT_ANSWERS);
    private static final Set<String> FOREIGN = Set.of("trade_status", "qr_code", "send_pay_date");

    private final AlipayCall client;

    public AlipayRefunding(AlipayCall client) {
        this.client = client;
    }

    @Override
    public RefundRules rules() {
        return RULES;
    }

    @Override
    public ProviderResponse<RefundResult> refund(RefundOrder order) {
        var model = new AlipayTradeRefundModel();
        model.setTradeNo(order.transactionId().value());
        model.setOutRequestNo(order.number().value());
        model.setRefundAmount(order.refund().decimal());
        String reason = Subject.clean(order.reason());
        if (!reason.isEmpty()) {
            model.setRefundReason(reason);
        }
        var request = new AlipayTradeRefundRequest();
        request.setBizModel(model);
        ProviderReply<AlipayReply> reply = client.send(request, AlipayRefundCodes.FOREIGN);
        return new ProviderResponse<>(AlipayRefundCodes.read(reply, order), reply.body());
    }

    @Override
    public ProviderResponse<RefundProgress> progress(RefundOrder order) {
        return ask(order.transactionId(), order.number())
                .response(reply -> progress(reply, order.tradeNumber(), order.number(), Optional.of(order.refund())),
                        RefundProgress.Unknown::new);
    }

    /// Alipay has no list.
    @Override
    public ProviderResponse<RefundListing> list(TradeNumber tradeNumber, TransactionId transactionId, List<RefundNumber> named) {
        var bodies = new ByteArrayOutputStream();
        List<RefundListing.Refund> found = new ArrayList<>();
        long began = System.nanoTime();
        for (RefundNumber number : named) {
            ProviderReply<AlipayReply> reply = ask(transactionId, number);
            bodies.writeBytes(reply.body());
            RefundProgress progress = reply.response(each -> progress(each, tradeNumber, number, Optional.empty()),
                    RefundProgress.Unknown::new).answer();
            if (progress instanceof RefundProgress.Unknown(var why)) {
                return new ProviderResponse<>(new RefundListing.Unknown(why), bodies.toByteArray());
            }
            if (progress instanceof RefundProgress.Succeeded(var refund)) {
                found.add(new RefundListing.Refund(number, refund.money(), progress));
            }
            if (System.nanoTime() - began > AlipayRefundQuery.ASKING_WITHIN.toNanos()) {
                return new ProviderResponse<>(new RefundListing.Unknown("refunds are left to be queried"), bodies.toByteArray());
            }
        }
        return new ProviderResponse<>(new RefundListing.Listed(found), bodies.toByteArray());
    }

    private ProviderReply<AlipayReply> ask(TransactionId transactionId, RefundNumber number) {
        var model = new AlipayTradeFastpayRefundQueryModel();
        model.setTradeNo(transactionId.value());
        model.setOutRequestNo(number.value());
        model.setQueryOptions(List.of("gmt_refund_pay"));
        var request = new AlipayTradeFastpayRefundQueryRequest();
        request.setBizModel(model);
        return client.send(request, FOREIGN);
    }

    /// An answer about a refund that Alipay does not know succeeds, and has no data.
    private static RefundProgress progress(AlipayReply reply, TradeNumber tradeNumber, RefundNumber number, Optional<Money> expected) {
        if (!reply.mayBeAbout(tradeNumber)) {
            return new RefundProgress.Unknown("the answer is about another order");
        }
        if (!reply.isSuccess()) {
            return reply.isFailure("ACQ.TRADE_NOT_EXIST") ? new RefundProgress.Absent() : new RefundProgress.Unknown(reply.refusal());
        }
        String status = reply.text("refund_status");
        return switch (status) {
            case "" -> new RefundProgress.Absent();
            case "REFUND_PROCESSING" -> new RefundProgress.Processing();
            case "REFUND_SUCCESS" -> succeeded(reply, tradeNumber, number, expected);
            default -> new RefundProgress.Unknown("refund_status " + (status.matches("[A-Z_]{1,32}") ? status : "is malformed"));
        };
    }

    private static RefundProgress succeeded(AlipayReply reply, TradeNumber tradeNumber, RefundNumber number, Optional<Money> expected) {
        if (!tradeNumber.value().equals(reply.text("out_trade_no")) || !number.value().equals(reply.text("out_request_no"))) {
            return new RefundProgress.Unknown("the answer is about another refund");
        }
        try {
            Money money = Money.parseYuan(reply.text("refund_amount"));
            return expected.filter(each -> !each.equals(money)).isPresent() || money.minorUnits() == 0
                    ? new RefundProgress.Unknown("Alipay has the refund with another amount: " + money)
                    : new RefundProgress.Succeeded(new RefundDetails(number.value(), money, money, time(reply)));
        } catch (IllegalArgumentException e) {
            return new RefundProgress.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /// It proves nothing, so an unusable one is ignored.
    static Optional<Instant> time(AlipayReply reply) {
        try {
            String text = reply.text("gmt_refund_pay");
            return text.isEmpty() ? Optional.empty() : Optional.of(BeijingTime.SPACED.read(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
