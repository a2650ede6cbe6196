package dev.sluice.credit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.Ledger;
import dev.sluice.credit.ledger.LoggedFact;
import dev.sluice.credit.ledger.Outcome;
import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;

/// Books what a poll creditedQuota, all of it in one transaction, and then tells the log what became of each payment.
///
/// A record that cannot be read, or that the database will never take, goes to the dead letters and the rest goes through.
/// A database or broker that is away is waited for: the exception goes out, the records come again.
@Component
class Crediting {
    private static final Logger LOG = LoggerFactory.getLogger(Crediting.class);

    private final Ledger ledger;
    private final EventLog eventLog;
    private final CreditLatency paidToCredited;
    private final MeterRegistry meters;

    Crediting(Ledger ledger, EventLog eventLog, CreditLatency paidToCredited, MeterRegistry meters) {
        this.ledger = ledger;
        this.eventLog = eventLog;
        this.paidToCredited = paidToCredited;
        this.meters = meters;
    }

    void credit(List<ConsumerRecord<String, byte[]>> records) {
        List<LoggedFact> entries = new ArrayList<>(records.size());
        for (var record : records) {
            switch (EventCodec.read(record)) {
                case DecodedRecord.Fact fact when concernsTheLedger(fact.event()) -> entries.add(new LoggedFact(record, fact));
                case DecodedRecord.Readable _ -> {
                }
                case DecodedRecord.Unreadable(var why, _) -> deadLetter(record, why);
            }
        }
        List<Outcome> outcomes = book(entries);
        // Before the log is told: when that is away the records come again, and then nothing is fresh any more.
        outcomes.forEach(this::tell);
        eventLog.append(outcomes.stream().flatMap(outcome -> outcome.event().stream()).toList());
    }

    private static boolean concernsTheLedger(TopUpEvent event) {
        return switch (event) {
            case OrderCreated _,OrderClosed _,PaymentConfirmed _,HoldResolved _ -> true;
            case QuotaCredited _,PaymentHeld _,CheckRequested _,CancelRequested _ -> false;
        };
    }

    /// Halves a batch that the database refuses until the one bad record stands alone.
    private List<Outcome> book(List<LoggedFact> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        try {
            return ledger.book(entries);
        } catch (DataIntegrityViolationException e) {
            if (entries.size() == 1) {
                deadLetter(entries.getFirst().record(), "the ledger refuses it: " + e.getMostSpecificCause().getMessage());
                return List.of();
            }
            List<Outcome> outcomes = new ArrayList<>(book(entries.subList(0, entries.size() / 2)));
            outcomes.addAll(book(entries.subList(entries.size() / 2, entries.size())));
            return outcomes;
        }
    }

    private void deadLetter(ConsumerRecord<String, byte[]> record, String why) {
        eventLog.deadLetter(record, why);
        meters.counter("sluice.dead.letters").increment();
        LOG.atError().addKeyValue("trade_no", record.key()).addKeyValue("offset", record.offset()).addKeyValue("why", why)
                .log("set aside as dead letter");
    }

    /// Tells people and the metrics, once.
    private void tell(Outcome outcome) {
        switch (outcome) {
            case Outcome.OfPayment(var payment, var fact, var fresh) when fresh -> tell(payment, fact);
            case Outcome.OfDecision(var decision, var _, var fresh) when fresh -> {
                String became = decision.resolution().getClass().getSimpleName().toLowerCase(Locale.ROOT);
                meters.counter("sluice.holds.resolved", "resolution", became).increment();
                decided(decision, LOG.atInfo()).addKeyValue("resolution", decision.resolution()).log("hold resolved");
            }
            case Outcome.OfPayment _,Outcome.OfDecision _ -> {
            }
            case Outcome.Ignored(var decision) -> decided(decision, LOG.atWarn())
                    .log("decision changes nothing: the payment is not held, or was decided about before");
        }
    }

    private static LoggingEventBuilder decided(HoldResolved decision, LoggingEventBuilder line) {
        return line.addKeyValue("trade_no", decision.tradeNumber()).addKeyValue("transaction", decision.transactionId())
                .addKeyValue("actor", decision.actor());
    }

    private void tell(PaymentConfirmed payment, TopUpEvent fact) {
        switch (fact) {
            case QuotaCredited credited -> {
                meters.counter("sluice.credited").increment();
                paidToCredited.record(payment);
                LOG.atInfo()
                        .addKeyValue("trade_no", credited.tradeNumber())
                        .addKeyValue("user", credited.userId())
                        .addKeyValue("quota", credited.quota())
                        .addKeyValue("late", credited.late())
                        .log("credited");
            }
            case PaymentHeld held -> {
                meters.counter("sluice.held", "reason", held.reason().name()).increment();
                LOG.atWarn()
                        .addKeyValue("trade_no", held.tradeNumber())
                        .addKeyValue("transaction", held.transactionId())
                        .addKeyValue("reason", held.reason())
                        .log("held");
            }
            case OrderCreated _,OrderClosed _,PaymentConfirmed _,CheckRequested _,HoldResolved _,CancelRequested _ ->
                throw new IllegalStateException("not an outcome: " + fact.getClass());
        }
    }
}
