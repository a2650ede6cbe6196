package dev.sluice.order.check;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.view.OrderView;
import dev.sluice.order.view.OrderViews;

/// "I have paid": a payer has the provider queried about their order now.
@RestController
class PayerCheckController {
    private final Orders orders;
    private final PayerChecks checks;
    private final OrderViews views;

    PayerCheckController(Orders orders, PayerChecks checks, OrderViews views) {
        this.orders = orders;
        this.checks = checks;
        this.views = views;
    }

    /// What is known about the payment after a check.
    enum Payment {
        /// The provider has the money.
        PAID,
        /// The provider has received nothing so far.
        UNPAID,
        /// No answer, or an unclear one. The provider is queried again.
        UNKNOWN
    }

    /// @param payment    what the provider has answered
    /// @param answeredAt when, if it has answered now
    /// @param order      as it is after the answer
    record Checked(Payment payment, @Nullable Instant answeredAt, OrderView order) {}

    @PostMapping("/api/user/topup/{orderId}/check")
    Shown<Checked> check(@PathVariable String orderId, @AuthenticationPrincipal Caller caller, Locale locale) {
        TopUpOrder order = own(orderId, caller);
        if (!order.status().mayBePaid()) {
            return Shown.of(new Checked(Payment.PAID, null, views.of(order, locale)));
        }
        Optional<ProviderAnswer> answer = checks.check(order);
        TopUpOrder after = own(orderId, caller);
        Payment payment = after.status().mayBePaid() ? answer.map(PayerCheckController::meaning).orElse(Payment.UNKNOWN) : Payment.PAID;
        return Shown.of(new Checked(payment, answer.map(ProviderAnswer::answeredAt).orElse(null), views.of(after, locale)));
    }

    private static Payment meaning(ProviderAnswer answer) {
        return switch (answer.meaning()) {
            case PAID -> Payment.PAID;
            case UNPAID, ABSENT, CLOSED, REFUSED -> Payment.UNPAID;
            // What was refunded is a matter for an operator: no page says that nothing was paid.
            case UNKNOWN, UNCLEAR, REFUNDED -> Payment.UNKNOWN;
        };
    }

    private TopUpOrder own(String orderId, Caller caller) {
        return orders.findByTradeNoAndUserId(orderId, caller.user())
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }
}
