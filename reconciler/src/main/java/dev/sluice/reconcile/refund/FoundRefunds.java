package dev.sluice.reconcile.refund;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.ProviderRefund;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.log.EventLog;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.Refunding;
import dev.sluice.reconcile.refund.NotifiedRefunds.Look;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// Finds refunds that were not requested here, of payments that are confirmed: a notification names one, and the provider's answer to a query
/// proves it. Each is appended once, and mirrored by the ledger when an operator decided so.
@Component
class FoundRefunds {
    private static final Logger LOG = LoggerFactory.getLogger(FoundRefunds.class);
    /// Of [RefundNumber#of].
    private static final Pattern OUR_FORM = Pattern.compile("[0-9A-F]{32}");

    private final NotifiedRefunds notified;
    private final PendingRefunds refunds;
    private final UnsettledPayments payments;
    private final Consumer<RefundEvent> facts;
    private final Clock clock;

    @Autowired
    FoundRefunds(NotifiedRefunds notified, PendingRefunds refunds, UnsettledPayments payments, EventLog eventLog, Clock clock) {
        this(notified, refunds, payments, eventLog::append, clock);
    }

    FoundRefunds(NotifiedRefunds notified, PendingRefunds refunds, UnsettledPayments payments, Consumer<RefundEvent> facts, Clock clock) {
        this.notified = notified;
        this.refunds = refunds;
        this.payments = payments;
        this.facts = facts;
        this.clock = clock;
    }

    /// What a look at a payment's refunds led to.
    private enum Outcome {
        COMPLETE, UNDER_WAY, UNKNOWN
    }

    void look(Look look, Provider provider, Refunding refunding) {
        Set<String> known = new HashSet<>(refunds.known(look.tradeNumber()));
        List<RefundNumber> named = Stream.of(look.number()).filter(RefundNumber::isLegal).filter(number -> !known.contains(number))
                .map(RefundNumber::new).toList();
        Set<Outcome> outcomes = new HashSet<>();
        for (UnsettledPayments.Confirmed payment : payments.of(look.tradeNumber(), provider)) {
            outcomes.add(look(look, payment, refunding, known, named));
        }
        Instant now = clock.instant();
        if (!outcomes.contains(Outcome.UNKNOWN) && !outcomes.contains(Outcome.UNDER_WAY)) {
            // Without a payment the pending order is queried, and its refunds with it.
            notified.looked(look, 0, Optional.empty());
        } else if (look.failures() >= Limits.MOST_LOOKS) {
            LOG.atError().addKeyValue("trade_no", look.tradeNumber()).addKeyValue("provider", provider)
                    .log("refunds that a notification named cannot be queried, left to the bill");
            notified.looked(look, 0, Optional.empty());
        } else {
            notified.looked(look, look.failures() + 1, Optional.of(RefundSchedule.retry(now, look.failures() + 1)));
        }
    }

    private Outcome look(Look look, UnsettledPayments.Confirmed payment, Refunding refunding, Set<String> known,
            List<RefundNumber> named) {
        var response = refunding.list(look.tradeNumber(), payment.transactionId(), named);
        return switch (response.answer()) {
            case RefundListing.Unknown _ -> Outcome.UNKNOWN;
            case RefundListing.Listed(var all) -> {
                Outcome outcome = Outcome.COMPLETE;
                // What was refunded before the payment was confirmed is in that fact.
                long counted = payment.refunded().minorUnits();
                for (RefundListing.Refund refund : all) {
                    boolean isNew = !known.contains(refund.number().value());
                    if (isNew && counted > 0) {
                        counted -= refund.money().minorUnits();
                    } else if (isNew && (refund.progress() instanceof RefundProgress.Processing || mayBeOurs(refund, look))) {
                        outcome = Outcome.UNDER_WAY;
                    } else if (isNew) {
                        details(refund.progress()).ifPresent(details -> append(look, payment, refund, details, response.body()));
                    }
                }
                yield outcome;
            }
        };
    }

    private static boolean mayBeOurs(RefundListing.Refund refund, Look look) {
        return OUR_FORM.matcher(refund.number().value()).matches() && look.failures() < Limits.LOOKS_AT_OUR_FORM;
    }

    private static Optional<RefundDetails> details(RefundProgress progress) {
        return switch (progress) {
            case RefundProgress.Succeeded(var details) -> Optional.of(details);
            case RefundProgress.LeftAtProvider(var details) -> Optional.of(details);
            case RefundProgress.Processing _,RefundProgress.Closed _,RefundProgress.Absent _,RefundProgress.Unknown _ -> Optional.empty();
        };
    }

    private void append(Look look, UnsettledPayments.Confirmed payment, RefundListing.Refund refund, RefundDetails details, byte[] body) {
        Instant now = clock.instant();
        facts.accept(new RefundFound(look.tradeNumber(), refund.number(), new Payment(payment.provider(), payment.transactionId()),
                refund.money(), new ProviderRefund(details.refundId(), details.settled(), details.at().orElse(now)),
                ConfirmationSource.QUERY, Evidence.ofAnswer(now, body)));
        LOG.atWarn().addKeyValue("trade_no", look.tradeNumber()).addKeyValue("refund_no", refund.number())
                .addKeyValue("provider", payment.provider()).addKeyValue("money", refund.money())
                .log("refund found that was not requested here");
    }
}
