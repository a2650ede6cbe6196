package dev.sluice.order.refund;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.RefundEvent.Mirroring;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.pricing.RefundTerms;
import dev.sluice.order.refund.RefundAnswers.PaymentShown;
import dev.sluice.order.refund.RefundAnswers.RefundPreview;
import dev.sluice.order.refund.RefundAnswers.RefundShown;
import dev.sluice.order.refund.RefundAnswers.RefundsShown;
import dev.sluice.order.refund.RefundedPayments.Refundable;

/// Refunds of an order's payments: an operator requests, above the setting's amount a second one approves.
@RestController
class RefundController {
    private final RefundRequests requests;
    private final RefundedPayments payments;
    private final OrderRefunds refunds;
    private final Supplier<RefundTerms> terms;

    RefundController(RefundRequests requests, RefundedPayments payments, OrderRefunds refunds, Supplier<RefundTerms> terms) {
        this.requests = requests;
        this.payments = payments;
        this.refunds = refunds;
        this.terms = terms;
    }

    /// The body of a request. The payment can be left out when the order has one.
    static final class RefundWish {
        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        String money = "";
        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        String reason = "";
        @JsonProperty
        @Nullable
        String transactionId;
    }

    /// The body of a decision about the quota of a refund that was found at the provider.
    ///
    /// @param quota `take` or `keep`
    record MirrorWish(String quota, String reason) {}

    @GetMapping("/api/topup/{orderId}/refunds")
    Shown<RefundsShown> ofOrder(@PathVariable String orderId) {
        List<PaymentShown> refundable = payments.of(orderId).stream().map(PaymentShown::of).toList();
        List<RefundShown> all = refunds.of(orderId).stream().map(RefundShown::of).toList();
        return Shown.of(new RefundsShown(refundable, all, terms.get().approvalAbove().map(Money::decimal).orElse(null)));
    }

    /// The refunds that wait for an operator, oldest first; with `all`, the newest ones whatever their state.
    @GetMapping("/api/topup/refunds")
    Shown<List<RefundShown>> waiting(@RequestParam(defaultValue = "false") boolean all) {
        return Shown.of((all ? refunds.newest(Limits.SHOWN) : refunds.waiting(Limits.SHOWN)).stream().map(RefundShown::of).toList());
    }

    /// What a refund would do; nothing is done.
    @GetMapping("/api/topup/{orderId}/refunds/preview")
    Shown<RefundPreview> preview(@PathVariable String orderId, @RequestParam("money") String money,
            @RequestParam(name = "transaction_id", required = false) @Nullable String transactionId) {
        Refundable payment = requests.payment(orderId, transactionId);
        Money wanted = money(money);
        long left = payment.left().minorUnits() - wanted.minorUnits();
        return Shown
                .of(new RefundPreview(wanted.decimal(), payment.share(wanted), new Money(Math.max(0, left), wanted.currency()).decimal(),
                        requests.needsApproval(payment, wanted)));
    }

    /// Requests a refund.
    @PostMapping(path = "/api/topup/{orderId}/refunds", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<RefundShown> request(@PathVariable String orderId, @RequestBody RefundWish wish,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, @AuthenticationPrincipal Caller caller) {
        if (key == null) {
            throw Refusal.of(EdgeCode.MALFORMED, "Idempotency-Key").exception();
        }
        OperatorAction act = act(orderId, wish.reason, key, caller);
        return Shown.of(RefundShown.of(requests.request(act, money(wish.money), wish.transactionId)));
    }

    /// Approves a refund that another operator requested.
    @PostMapping(path = "/api/topup/{orderId}/refunds/{refundNumber}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<RefundShown> approve(@PathVariable String orderId, @PathVariable String refundNumber, @RequestBody OperatorAction.Why why,
            @AuthenticationPrincipal Caller caller) {
        return Shown
                .of(RefundShown.of(requests.decide(key(orderId, refundNumber), act(orderId, why.reason(), refundNumber, caller), true)));
    }

    /// Declines a refund that waits for approval; who requested it may withdraw it so.
    @PostMapping(path = "/api/topup/{orderId}/refunds/{refundNumber}/decline", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<RefundShown> decline(@PathVariable String orderId, @PathVariable String refundNumber, @RequestBody OperatorAction.Why why,
            @AuthenticationPrincipal Caller caller) {
        return Shown
                .of(RefundShown.of(requests.decide(key(orderId, refundNumber), act(orderId, why.reason(), refundNumber, caller), false)));
    }

    /// Decides about the quota of a refund that was found at the provider.
    @PostMapping(path = "/api/topup/{orderId}/refunds/{refundNumber}/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<RefundShown> resolve(@PathVariable String orderId, @PathVariable String refundNumber, @RequestBody MirrorWish wish,
            @AuthenticationPrincipal Caller caller) {
        Mirroring mirroring = switch (wish.quota()) {
            case "take" -> Mirroring.TAKE_QUOTA;
            case "keep" -> Mirroring.KEEP_QUOTA;
            default -> throw Refusal.of(EdgeCode.MALFORMED, "quota take, keep").exception();
        };
        return Shown.of(
                RefundShown.of(requests.mirror(key(orderId, refundNumber), act(orderId, wish.reason(), refundNumber, caller), mirroring)));
    }

    private static OperatorAction act(String orderId, String reason, String key, Caller caller) {
        if (!TradeNumber.isLegal(orderId)) {
            throw Refusal.of(EdgeCode.NOT_FOUND).exception();
        }
        OperatorAction act = OperatorAction.of(orderId, new OperatorAction.Why(reason), key, caller);
        act.refusal().ifPresent(refusal -> {
            throw refusal.exception();
        });
        return act;
    }

    private static OrderRefund.Key key(String orderId, String refundNumber) {
        if (!TradeNumber.isLegal(orderId) || !RefundNumber.isLegal(refundNumber)) {
            throw Refusal.of(EdgeCode.NOT_FOUND).exception();
        }
        return new OrderRefund.Key(new TradeNumber(orderId), new RefundNumber(refundNumber));
    }

    private static Money money(String yuan) {
        return read(yuan).filter(money -> money.minorUnits() > 0)
                .orElseThrow(() -> Refusal.of(EdgeCode.MALFORMED, "money, such as 7.30").exception());
    }

    private static Optional<Money> read(String yuan) {
        try {
            return Optional.of(Money.parseYuan(yuan));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
