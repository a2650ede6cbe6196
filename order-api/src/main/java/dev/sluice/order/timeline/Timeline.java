package dev.sluice.order.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.log.EventCodec;

/// Everything that is known of an order: the facts in the order of the log, with notifications and answers between them by their times.
/// It is a view of the log and can be rebuilt from it, as far back as the log reaches: facts for ever, notifications and answers for as
/// long as their topic keeps them.
@Component
public class Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    /// A fact is no earlier than the facts before it, whatever clock its writer had; what led to a fact stands before it. Of what is alike,
    /// only the first and the last are shown.
    private static final String STORY = """
            with entry as (
                select *, topic = 'sluice.events' as fact from orders.timeline where trade_no = :tradeNo),
            placed as (
                select *, case when fact then max(at) over (partition by fact order by log_offset) else at end as place,
                    case when fact then fact_id else type end as alike
                from entry),
            counted as (
                select *, row_number() over (partition by alike order by place, log_offset, log_partition) as nth,
                    count(*) over (partition by alike) as many
                from placed)
            select topic, type, fact_id, at, source, data, case when nth = :ends then greatest(many - 2 * :ends, 0) else 0 end as left_out
            from counted where nth <= :ends or nth > many - :ends
            order by place, fact, log_offset, log_partition""";

    private final JdbcClient jdbc;
    private final Clock clock;

    public Timeline(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// A fact about an order, as it was appended first.
    public Optional<TopUpEvent> find(String tradeNo, UUID factId) {
        return jdbc.sql("""
                select topic, type, fact_id, at, source, data, 0 as left_out from orders.timeline
                where trade_no = :tradeNo and fact_id = :factId and topic = 'sluice.events' order by log_offset limit 1""")
                .param("tradeNo", tradeNo)
                .param("factId", factId.toString())
                .query((row, _) -> entry(row, false))
                .optional()
                .flatMap(entry -> entry)
                .flatMap(entry -> entry instanceof TimelineEntry.OfFact fact ? Optional.of(fact.event()) : Optional.empty());
    }

    /// The newest answer of the provider to a query about an order.
    public Optional<ProviderAnswer> lastAnswer(String tradeNo) {
        return jdbc.sql("""
                select topic, type, fact_id, at, source, data, 0 as left_out from orders.timeline
                where trade_no = :tradeNo and type = 'dev.sluice.ProviderAnswer.v1' order by log_offset desc limit :most""")
                .param("tradeNo", tradeNo)
                .param("most", Limits.ANSWERS_LOOKED_THROUGH)
                .query((row, _) -> entry(row, false))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .flatMap(entry -> entry instanceof TimelineEntry.OfAnswer(_, var answer) && isOfAQuery(answer)
                        ? Stream.of(answer)
                        : Stream.empty())
                .findFirst();
    }

    private static boolean isOfAQuery(ProviderAnswer answer) {
        return switch (answer.question()) {
            case QUERY, REFUNDS -> true;
            case CREATE, CLOSE -> false;
        };
    }

    /// Oldest first.
    public List<TimelineEntry> of(String tradeNo) {
        Set<String> before = new HashSet<>();
        return jdbc.sql(STORY)
                .param("tradeNo", tradeNo)
                .param("ends", Limits.SHOWN_OF_EACH_END)
                .query((row, _) -> entry(row, !before.add(row.getString("fact_id"))))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<TimelineEntry> entry(ResultSet row, boolean repeated) throws SQLException {
        var kept = new TimelineEntry.Kept(row.getTimestamp("at").toInstant(), row.getString("type"), row.getString("source"), repeated,
                row.getLong("left_out"), row.getString("data"));
        Optional<Object> content = EventCodec.readValue(row.getString("topic"), kept.type(), kept.json());
        if (content.isEmpty()) {
            LOG.atWarn().addKeyValue("type", kept.type()).log("timeline has an entry that this version cannot read");
        }
        return content.flatMap(value -> switch (value) {
            case TopUpEvent event -> Optional.of(new TimelineEntry.OfFact(kept, event));
            case Notification notification -> Optional.of(new TimelineEntry.OfNotification(kept, notification));
            case ProviderAnswer answer -> Optional.of(new TimelineEntry.OfAnswer(kept, answer));
            default -> Optional.empty();
        });
    }

    /// Deletes what its topic has forgotten, and forgeries about orders that never came.
    @Scheduled(fixedRateString = "${sluice.timeline.forget-every:1m}")
    public void forget() {
        Instant now = clock.instant();
        inSteps(most -> forgetEvidence(now.minus(Limits.NOTICES_KEPT), most));
        inSteps(most -> forgetStray(now.minus(Limits.STRAYS_KEPT), most));
    }

    private static void inSteps(IntUnaryOperator step) {
        int forgotten = Limits.FORGOTTEN_AT_ONCE;
        for (int round = 0; round < Limits.FORGETTING_ROUNDS && forgotten == Limits.FORGOTTEN_AT_ONCE; round++) {
            forgotten = step.applyAsInt(Limits.FORGOTTEN_AT_ONCE);
        }
    }

    private int forgetEvidence(Instant before, int most) {
        return jdbc.sql("""
                delete from orders.timeline where (trade_no, topic, log_partition, log_offset) in (
                    select trade_no, topic, log_partition, log_offset from orders.timeline
                    where topic <> 'sluice.events' and at < :before::timestamptz
                    order by at limit :most for update skip locked)""")
                .param("before", before.toString())
                .param("most", most)
                .update();
    }

    private int forgetStray(Instant before, int most) {
        return jdbc.sql("""
                delete from orders.timeline where (trade_no, topic, log_partition, log_offset) in (
                    select trade_no, topic, log_partition, log_offset from orders.timeline stray
                    where stray_since < :before::timestamptz
                        and not exists (select from orders.topup where topup.trade_no = stray.trade_no)
                    order by stray_since limit :most for update skip locked)""")
                .param("before", before.toString())
                .param("most", most)
                .update();
    }
}
