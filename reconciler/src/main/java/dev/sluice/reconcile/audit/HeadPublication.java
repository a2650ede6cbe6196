package dev.sluice.reconcile.audit;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.event.books.AuditHeadPublished.Head;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;

/// Publishes the heads of the audit when a day in Beijing has ended: into the log, and as a log line for an auditor to keep elsewhere. Two
/// instances may both publish them: it is one fact.
@Component
class HeadPublication {
    private static final Logger LOG = LoggerFactory.getLogger(HeadPublication.class);
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final AuditRows rows;
    private final EventLog log;
    private final Clock clock;
    private volatile LocalDate published = LocalDate.MIN;

    HeadPublication(AuditRows rows, EventLog log, Clock clock) {
        this.rows = rows;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = Limits.LOOK_FOR_HEADS_EVERY)
    void publishIfMissing() {
        LocalDate ended = LocalDate.ofInstant(clock.instant(), BEIJING).minusDays(1);
        try {
            if (!published.equals(ended) && !isPublished(ended)) {
                publish(ended);
            }
            published = ended;
        } catch (DataAccessException | NotAppendedException e) {
            LOG.atWarn().addKeyValue("day", ended).addKeyValue("why", e.getMessage()).log("audit heads not published, trying again");
        }
    }

    private boolean isPublished(LocalDate day) {
        return rows.firstOfBooks(EventCodec.idOf(new AuditHeadPublished(day, List.of())).toString()).isPresent();
    }

    void publish(LocalDate day) {
        List<Head> heads = current();
        if (heads.isEmpty()) {
            return;
        }
        log.append(new AuditHeadPublished(day, heads));
        for (Head head : heads) {
            LOG.atInfo().addKeyValue("day", day).addKeyValue("topic", head.topic()).addKeyValue("partition", head.partition())
                    .addKeyValue("offset", head.offset()).addKeyValue("rows", head.rows()).addKeyValue("hash", head.hash())
                    .log("audit head");
        }
    }

    /// The heads now, by topic and partition.
    List<Head> current() {
        return rows.heads(rows.partitions()).entrySet().stream().map(HeadPublication::head)
                .sorted(Comparator.comparing(Head::topic).thenComparingInt(Head::partition)).toList();
    }

    private static Head head(Map.Entry<TopicPartition, LastRow> last) {
        return new Head(last.getKey().topic(), last.getKey().partition(), last.getValue().offset(), last.getValue().number(),
                HexFormat.of().formatHex(last.getValue().hash()));
    }
}
