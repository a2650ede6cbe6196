package dev.sluice.reconcile.books;

import java.time.Duration;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.books.DiscrepancyResolved;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;

/// Resolves a difference by a fact, and answers when the view has read it.
@Component
class CaseResolution {
    private static final Logger LOG = LoggerFactory.getLogger(CaseResolution.class);

    private final Cases cases;
    private final EventLog eventLog;

    CaseResolution(Cases cases, EventLog eventLog) {
        this.cases = cases;
        this.eventLog = eventLog;
    }

    /// The same decision by the same operator is one decision, however often it is sent.
    CaseAnswer resolve(UUID id, String act, String reason, UserId actor) {
        CaseAnswer found = find(id);
        if (found.closing().isOpen()) {
            append(found, act, reason, actor);
            found = readBack(id);
        }
        CaseAnswer.Closing closing = found.closing();
        if (!actor.value().equals(closing.actor()) || !act.equals(closing.act()) || !reason.equals(closing.reason())) {
            throw Refusal.of(ReconcileCode.DISCREPANCY_CLOSED).exception();
        }
        return found;
    }

    private void append(CaseAnswer found, String act, String reason, UserId actor) {
        try {
            eventLog.append(
                    new DiscrepancyResolved(found.id().toString(), new Provider(found.numbers().provider()), found.numbers().day(), act,
                            actor, reason));
        } catch (NotAppendedException e) {
            throw Refusal.outage().exception();
        }
        LOG.atInfo().addKeyValue("discrepancy", found.id()).addKeyValue("kind", found.kind()).addKeyValue("actor", actor)
                .addKeyValue("act", act).log("difference resolved");
    }

    private CaseAnswer readBack(UUID id) {
        long deadline = System.nanoTime() + Limits.READ_BACK_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            CaseAnswer found = find(id);
            if (!found.closing().isOpen()) {
                return found;
            }
            pause(Limits.READ_BACK_EVERY);
        }
        throw Refusal.outage().exception();
    }

    private CaseAnswer find(UUID id) {
        return cases.find(id).orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.outage().exception();
        }
    }
}
