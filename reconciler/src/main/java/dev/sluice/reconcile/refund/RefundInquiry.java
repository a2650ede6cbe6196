package dev.sluice.reconcile.refund;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Failure;
import dev.sluice.event.RefundEvent.ProviderRefund;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.refund.Refunding;
import dev.sluice.reconcile.refund.PendingRefund.Absence;
import dev.sluice.reconcile.refund.PendingRefund.Kind;
import dev.sluice.reconcile.refund.PendingRefund.Refusal;

/// One step of a refund at its provider. A request is marked durably before it is sent. Whatever became of it, a query decides: the same
/// request is sent again only when the provider does not know the refund. Only a query, or a change of funds in the answer itself, ends a
/// refund; a refusal ends it when the provider does not know it, twice, minutes apart.
@Component
class RefundInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(RefundInquiry.class);

    private final PendingRefunds refunds;
    private final Consumer<RefundEvent> facts;
    private final Clock clock;

    @Autowired
    RefundInquiry(PendingRefunds refunds, EventLog eventLog, Clock clock) {
        this(refunds, eventLog::append, clock);
    }

    RefundInquiry(PendingRefunds refunds, Consumer<RefundEvent> facts, Clock clock) {
        this.refunds = refunds;
        this.facts = facts;
        this.clock = clock;
    }

    void ask(PendingRefund refund, Refunding provider) {
        if (refund.calledAt().isEmpty()) {
            request(refund, provider);
        } else {
            query(refund, provider, refund.calledAt().get());
        }
    }

    private void request(PendingRefund refund, Refunding provider) {
        Instant now = clock.instant();
        if (!refunds.mark(refund, now, provider.rules().betweenRequests())) {
            refunds.askAgain(refund, now.plus(provider.rules().betweenRequests()));
            return;
        }
        ProviderResponse<RefundResult> response = provider.refund(refund.order());
        logged(refund, "refund requested", response.answer());
        switch (response.answer()) {
            case RefundResult.Done(var details) -> succeed(refund, details, Arrival.PAYER, response.body());
            case RefundResult.Accepted(),RefundResult.Unknown _ -> asked(refund, Refusal.NONE, provider);
            case RefundResult.RefusedForNow(var code, _) -> asked(refund, new Refusal(Kind.FOR_NOW, code, response.body()), provider);
            case RefundResult.Refused(var code, _) -> asked(refund, new Refusal(Kind.REFUSED, code, response.body()), provider);
            case RefundResult.WrongSetUp(var code, _) -> asked(refund, new Refusal(Kind.SET_UP, code, response.body()), provider);
        }
    }

    /// A query follows, as soon as its answer can be believed.
    private void asked(PendingRefund refund, Refusal refusal, Refunding provider) {
        refunds.askAgain(with(refund, refusal, Absence.NONE, refund.attempts() + 1), clock.instant().plus(provider.rules().absentFrom()));
    }

    private void query(PendingRefund refund, Refunding provider, Instant calledAt) {
        ProviderResponse<RefundProgress> response = provider.progress(refund.order());
        logged(refund, "refund queried", response.answer());
        Instant now = clock.instant();
        int attempts = refund.attempts() + 1;
        switch (response.answer()) {
            case RefundProgress.Succeeded(var details) -> succeed(refund, details, Arrival.PAYER, response.body());
            case RefundProgress.LeftAtProvider(var details) -> {
                if (refund.left()) {
                    refunds.askAgain(refund, now.plus(Limits.WHILE_LEFT));
                } else {
                    succeed(refund, details, Arrival.PROVIDER, response.body());
                }
            }
            case RefundProgress.Closed() -> {
                if (refund.left()) {
                    LOG.atError().addKeyValue("trade_no", refund.order().tradeNumber()).addKeyValue("refund_no", refund.order().number())
                            .log("refund closed after its money had left: compare the account at the provider");
                    refunds.askAgain(refund, now.plus(Limits.WHILE_LEFT));
                } else {
                    fail(refund, Failure.CLOSED, "REFUNDCLOSE", response.body());
                }
            }
            case RefundProgress.Processing() ->
                refunds.askAgain(with(refund, refund.refusal(), Absence.NONE, attempts),
                        RefundSchedule.whileProcessing(now, refund.attempts()));
            case RefundProgress.Absent() -> absent(refund, provider, calledAt, now);
            case RefundProgress.Unknown _ ->
                refunds.askAgain(with(refund, refund.refusal(), refund.absence(), attempts), RefundSchedule.retry(now, attempts));
        }
    }

    private void absent(PendingRefund refund, Refunding provider, Instant calledAt, Instant now) {
        Instant believedFrom = calledAt.plus(provider.rules().absentFrom());
        if (refund.left() || now.isBefore(believedFrom)) {
            refunds.askAgain(refund, refund.left() ? now.plus(Limits.WHILE_LEFT) : believedFrom);
            return;
        }
        Absence absence = refund.absence().again(now);
        if (refund.refusal().kind() == Kind.REFUSED) {
            Instant confirmedFrom = absence.since().orElse(now).plus(Limits.REFUSAL_CONFIRMED_AFTER);
            if (absence.answers() >= Limits.REFUSAL_CONFIRMED_BY && !now.isBefore(confirmedFrom)) {
                fail(refund, Failure.REFUSED, refund.refusal().code(), refund.refusal().body());
            } else {
                refunds.askAgain(with(refund, refund.refusal(), absence, refund.attempts()), later(confirmedFrom, now));
            }
            return;
        }
        Instant again = RefundSchedule.requestAgain(calledAt, refund.attempts());
        if (absence.answers() < provider.rules().absentAnswers()) {
            refunds.askAgain(with(refund, refund.refusal(), absence, refund.attempts()), later(again, now.plus(Limits.BETWEEN_ABSENCES)));
        } else if (now.isBefore(again)) {
            refunds.askAgain(with(refund, refund.refusal(), absence, refund.attempts()), again);
        } else {
            request(refund, provider);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// The row ends, or rests, when the view reads the fact. Appended again it is the same fact.
    private void succeed(PendingRefund refund, RefundDetails details, Arrival arrival, byte[] body) {
        Instant now = clock.instant();
        facts.accept(new RefundSucceeded(refund.order().tradeNumber(), refund.order().number(), refund.provider(), refund.order().refund(),
                new ProviderRefund(details.refundId(), details.settled(), details.at().orElse(now)), arrival,
                Evidence.ofAnswer(now, body)));
        refunds.askAgain(refund, now.plus(Limits.AFTER_APPENDING));
    }

    private void fail(PendingRefund refund, Failure reason, String code, byte[] body) {
        Instant now = clock.instant();
        facts.accept(new RefundFailed(refund.order().tradeNumber(), refund.order().number(), refund.provider(), reason, code,
                Evidence.ofAnswer(now, body)));
        refunds.askAgain(refund, now.plus(Limits.AFTER_APPENDING));
    }

    private static PendingRefund with(PendingRefund refund, Refusal refusal, Absence absence, int attempts) {
        return new PendingRefund(refund.order(), refund.provider(), refund.merchant(), refund.left(), refund.calledAt(), refusal, absence,
                attempts);
    }

    private static void logged(PendingRefund refund, String what, Object answer) {
        LOG.atInfo().addKeyValue("trade_no", refund.order().tradeNumber()).addKeyValue("refund_no", refund.order().number())
                .addKeyValue("provider", refund.provider()).addKeyValue("answer", answer.getClass().getSimpleName()).log(what);
    }
}
