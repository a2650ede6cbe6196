package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.provider.PaymentChannels;

/// Everything that is known of an order: the facts in the order of the log, and where they belong in time among them, the notices and the
/// answers. It is a view of the log and can be rebuilt from it, as far back as the log goes: facts for ever, notices and answers for as
/// long as their topic keeps them.
@Component
public class Timeline {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    /// PostgreSQL keeps no NUL, and whoever writes one must not keep the rest from being seen.
    private static final String NUL = "\\u0000";
    private static final String REPLACEMENT = "\\ufffd";

    /// A fact is no earlier than the facts before it, whatever clock its writer had; what led to a fact stands before it. Of what is alike,
    /// only the first and the last are shown.
    private static final String STORY = """
            with entry as (
                select *, kind not in ('Notification', 'ProviderAnswer') as fact from orders.timeline where trade_no = :tradeNo),
            placed as (
                select *, case when fact then max(at) over (partition by fact order by log_offset) else at end as place,
                    case when fact then fact_id else kind end as alike
                from entry),
            counted as (
                select *, row_number() over (partition by alike order by place, log_offset, record) as nth,
                    count(*) over (partition by alike) as many
                from placed)
            select at, kind, source, fact_id, data, case when nth = :ends then greatest(many - 2 * :ends, 0) else 0 end as left_out
            from counted where nth <= :ends or nth > many - :ends
            order by place, fact, log_offset, record""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PaymentChannels channels;

    public Timeline(JdbcClient jdbc, Clock clock, PaymentChannels channels) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.channels = channels;
    }

    public void keep(ConsumerRecord<String, byte[]> record, DecodedRecord.Fact fact) {
        insert(record, fact.event().tradeNumber().value(), fact.at(), fact.event().getClass().getSimpleName(), fact.id().toString(),
                false, shown(fact.event(), MAPPER.readTree(record.value())));
    }

    /// As the log has it, but the evidence of a payment as text.
    private static JsonNode shown(TopUpEvent event, JsonNode data) {
        if (event instanceof PaymentConfirmed payment) {
            ((ObjectNode) data.path("evidence")).put("body", text(payment.evidence().body()));
        }
        return data;
    }

    /// Keeps a record of `sluice.notifications`. Of forgeries, which anybody can send, only some about each order: they must fill no
    /// table, and hide nothing that is true. An order is known before anybody can hear of its number; only while the view is rebuilt it
    /// may come after them, and so old ones are kept for a while.
    void keep(ConsumerRecord<String, byte[]> record) {
        EventCodec.readNotification(record).ifPresent(notice -> {
            boolean forged = notice.verdict() == NotificationVerdict.FORGED;
            claimed(notice).filter(number -> !forged || mayHaveOneMoreForgery(number, notice.receivedAt()))
                    .ifPresent(number -> insert(record, number, notice.receivedAt(), "Notification", notice.id(), forged, shown(notice)));
        });
        EventCodec.readAnswer(record).ifPresent(answer -> insert(record, answer.tradeNumber().value(), answer.answeredAt(),
                "ProviderAnswer", answer.id(), false, shown(answer)));
    }

    private Optional<String> claimed(Notification notice) {
        return channels.find(notice.provider()).flatMap(channel -> channel.notifications().claimedTradeNumber(notice.body()));
    }

    private boolean mayHaveOneMoreForgery(String tradeNo, Instant receivedAt) {
        boolean old = receivedAt.isBefore(clock.instant().minus(Limits.NOTICES_LIVE));
        return jdbc.sql("""
                select count(*) < :most and (:old or exists (select from orders.topup where trade_no = :tradeNo)) from orders.timeline
                where trade_no = :tradeNo and kind = 'Notification' and data ->> 'verdict' = 'FORGED'""")
                .param("tradeNo", tradeNo)
                .param("old", old)
                .param("most", Limits.FORGERIES_OF_AN_ORDER)
                .query(Boolean.class)
                .single();
    }

    private static JsonNode shown(Notification notice) {
        return MAPPER.valueToTree(Map.of("id", notice.id(), "provider", notice.provider(), "path", notice.path(), "remote_address",
                notice.remoteAddress(), "verdict", notice.verdict(), "reason", notice.reason(), "body", text(notice.body())));
    }

    private static JsonNode shown(ProviderAnswer answer) {
        return MAPPER.valueToTree(Map.of("id", answer.id(), "provider", answer.provider(), "question", answer.question(), "asked_at",
                answer.askedAt(), "meaning", answer.meaning(), "reason", answer.reason(), "body", text(answer.body())));
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= Limits.SHOWN_OF_A_BODY ? text : text.substring(0, Limits.SHOWN_OF_A_BODY) + "…";
    }

    private void insert(ConsumerRecord<String, byte[]> record, String tradeNo, Instant at, String kind, String factId, boolean forged,
            JsonNode data) {
        Header source = record.headers().lastHeader("ce_source");
        jdbc.sql("""
                insert into orders.timeline (record, trade_no, at, kind, source, fact_id, stray_since, data)
                values (:record, :tradeNo, :at::timestamptz, :kind, :source, :factId,
                    case when :forged and not exists (select from orders.topup where trade_no = :tradeNo) then :now::timestamptz end,
                    :data::jsonb)
                on conflict (record) do nothing""")
                .param("record", record.topic() + "/" + record.partition() + "/" + record.offset())
                .param("tradeNo", tradeNo)
                .param("at", at.toString())
                .param("kind", kind)
                .param("source", source == null ? "" : new String(source.value(), StandardCharsets.UTF_8))
                .param("factId", factId)
                .param("forged", forged)
                .param("now", clock.instant().toString())
                .param("data", MAPPER.writeValueAsString(data).replace(NUL, REPLACEMENT))
                .update();
    }

    /// A fact about an order, as it was told first.
    public Optional<TimelineEntry> find(String tradeNo, UUID factId) {
        return jdbc.sql("""
                select at, kind, source, data, 0 as left_out from orders.timeline where trade_no = :tradeNo and fact_id = :factId
                order by log_offset limit 1""")
                .param("tradeNo", tradeNo)
                .param("factId", factId.toString())
                .query((row, _) -> entry(row, false))
                .optional();
    }

    /// Oldest first.
    public List<TimelineEntry> of(String tradeNo) {
        Set<String> told = new HashSet<>();
        return jdbc.sql(STORY)
                .param("tradeNo", tradeNo)
                .param("ends", Limits.SHOWN_OF_EACH_END)
                .query((row, _) -> entry(row, !told.add(row.getString("fact_id"))))
                .list();
    }

    private static TimelineEntry entry(ResultSet row, boolean repeated) throws SQLException {
        return new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                row.getString("source"),
                repeated,
                row.getLong("left_out"),
                MAPPER.readTree(row.getString("data")));
    }

    /// Deletes what its topic has forgotten, and forgeries about orders that never came.
    @Scheduled(fixedDelayString = "${sluice.timeline.forget-every:1m}")
    public void forget() {
        Instant now = clock.instant();
        inSteps(most -> forgetHeard(now.minus(Limits.NOTICES_KEPT), most));
        inSteps(most -> forgetStray(now.minus(Limits.STRAYS_KEPT), most));
    }

    private static void inSteps(IntUnaryOperator step) {
        int forgotten = Limits.FORGOTTEN_AT_ONCE;
        for (int round = 0; round < Limits.FORGETTING_ROUNDS && forgotten == Limits.FORGOTTEN_AT_ONCE; round++) {
            forgotten = step.applyAsInt(Limits.FORGOTTEN_AT_ONCE);
        }
    }

    private int forgetHeard(Instant before, int most) {
        return jdbc.sql("""
                delete from orders.timeline where record = any (array(
                    select record from orders.timeline where kind in ('Notification', 'ProviderAnswer') and at < :before::timestamptz
                    order by at limit :most for update skip locked))""")
                .param("before", before.toString())
                .param("most", most)
                .update();
    }

    private int forgetStray(Instant before, int most) {
        return jdbc.sql("""
                delete from orders.timeline where record = any (array(
                    select record from orders.timeline stray where stray_since < :before::timestamptz
                        and not exists (select from orders.topup where topup.trade_no = stray.trade_no)
                    order by stray_since limit :most for update skip locked))""")
                .param("before", before.toString())
                .param("most", most)
                .update();
    }
}
