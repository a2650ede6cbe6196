package dev.sluice.order.redrive;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.value.UserId;
import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.log.follow.ViewDatabase;
import dev.sluice.log.letter.CorrectedLetter;
import dev.sluice.order.redrive.Redrives.Redrive;

/// Appends dead letters again, each once: row, then log. The views take it as any other record.
@Component
public class Redriving {
    private static final Logger LOG = LoggerFactory.getLogger(Redriving.class);

    private final Redrives redrives;
    private final EventLog log;
    private final TransactionTemplate transaction;

    @Autowired
    Redriving(Redrives redrives, EventLog log, PlatformTransactionManager transactions) {
        this.redrives = redrives;
        this.log = log;
        transaction = new TransactionTemplate(transactions);
    }

    /// For a process beside the apps.
    public static Redriving on(ViewDatabase database, EventLog log, Clock clock) {
        return new Redriving(new Redrives(database.jdbc(), clock), log, database.transactions());
    }

    /// Who appended a letter again.
    public record Act(String actor, String reason, Instant at) {
        static Act of(Redrive redrive) {
            return new Act(redrive.actor().value(), redrive.reason(), redrive.at());
        }
    }

    /// Appends a letter again as it was.
    ///
    /// @return the act that appended it, which may be an earlier one
    /// @throws NotAppendedException when it is not known to be in the log
    public Act redrive(DeadLetter letter, UserId actor, String reason) {
        return append(letter, letter.raw(), actor, reason);
    }

    /// Appends a letter again with another content.
    ///
    /// @return the act that appended it, which may be an earlier one: then nothing was appended now
    /// @throws IllegalArgumentException when no version of this app reads that content, or it is about another order
    /// @throws NotAppendedException     when it is not known to be in the log
    public Act redrive(DeadLetter letter, byte[] content, UserId actor, String reason) {
        return append(letter, CorrectedLetter.of(letter, content), actor, reason);
    }

    private Act append(DeadLetter letter, ConsumerRecord<String, byte[]> record, UserId actor, String reason) {
        return Act.of(transaction.execute(_ -> {
            Redrive act = redrives.claim(letter, actor, reason);
            if (!act.appended()) {
                log.reappend(record, act.actor(), act.reason());
                redrives.appended(letter);
                LOG.atInfo().addKeyValue("trade_no", letter.raw().key()).addKeyValue("actor", act.actor())
                        .addKeyValue("partition", letter.raw().partition()).addKeyValue("offset", letter.raw().offset())
                        .log("dead letter appended again");
            }
            return act;
        }));
    }

    /// Those of the letters that were appended again.
    public Map<DeadLetter, Act> of(Collection<DeadLetter> letters) {
        Map<DeadLetter, Act> acts = new HashMap<>();
        redrives.of(letters).forEach((letter, redrive) -> acts.put(letter, Act.of(redrive)));
        return acts;
    }
}
