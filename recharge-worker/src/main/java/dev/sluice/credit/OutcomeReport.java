package dev.sluice.credit;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.Outcome;
import dev.sluice.event.HoldResolved;

/// A log line and a metric for each decision of the ledger.
@Component
class OutcomeReport {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReport.class);

    private final CreditLatency paidToCredited;
    private final MeterRegistry meters;

    OutcomeReport(CreditLatency paidToCredited, MeterRegistry meters) {
        this.paidToCredited = paidToCredited;
        this.meters = meters;
    }

    void write(Outcome outcome) {
        switch (outcome) {
            case Outcome.Credited(var payment, var user, var quota, var late) -> {
                meters.counter("sluice.credited").increment();
                paidToCredited.record(payment);
                LOG.atInfo().addKeyValue("trade_no", payment.tradeNumber()).addKeyValue("user", user).addKeyValue("quota", quota)
                        .addKeyValue("late", late).log("credited");
            }
            case Outcome.Held(var payment, var reason) -> {
                meters.counter("sluice.held", "reason", reason.name()).increment();
                LOG.atWarn().addKeyValue("trade_no", payment.tradeNumber()).addKeyValue("transaction", payment.transactionId())
                        .addKeyValue("reason", reason).log("held");
            }
            case Outcome.Resolved(var decision) -> {
                String became = decision.resolution().getClass().getSimpleName().toLowerCase(Locale.ROOT);
                meters.counter("sluice.holds.resolved", "resolution", became).increment();
                decided(decision, LOG.atInfo()).addKeyValue("resolution", decision.resolution()).log("hold resolved");
            }
            case Outcome.OfRefund(var refund) -> {
                meters.counter("sluice.refunds", "state", refund.state().name()).increment();
                LOG.atInfo().addKeyValue("trade_no", refund.tradeNumber()).addKeyValue("refund_no", refund.refundNumber())
                        .addKeyValue("state", refund.state()).addKeyValue("quota", refund.quota()).log("refund booked");
            }
            case Outcome.Ignored(var decision) -> decided(decision, LOG.atWarn())
                    .log("decision ignored: the payment is not held, or already decided, or was refunded, or the account cannot take so much");
        }
    }

    private static LoggingEventBuilder decided(HoldResolved decision, LoggingEventBuilder line) {
        return line.addKeyValue("trade_no", decision.tradeNumber()).addKeyValue("transaction", decision.transactionId())
                .addKeyValue("actor", decision.actor());
    }
}
