package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Evidenced;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.Topic;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;
import dev.sluice.provider.PaymentChannels;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The rows of the timelines, as the log has them: one for each record, with one statement for each poll.
class TimelineProjection implements View {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PaymentChannels channels;

    TimelineProjection(JdbcClient jdbc, Clock clock, PaymentChannels channels) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.channels = channels;
    }

    /// A record that belongs to an order.
    private record Row(LogRecord record, String tradeNo, String factId, Instant at, String source, boolean forged, String json) {}

    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.EVENTS, Topic.NOTIFICATIONS, Topic.FORGERIES);
    }

    @Override
    public String schema() {
        return "orders";
    }

    @Override
    public void apply(List<LogRecord> records) {
        List<Row> rows = records.stream().flatMap(record -> row(record).stream()).toList();
        insert(withinTheLimitOfForgeries(rows));
    }

    private Optional<Row> row(LogRecord record) {
        return switch (record.content()) {
            case DecodedRecord.Fact(var id, var at, var source, var event) ->
                Optional.of(new Row(record, event.tradeNumber().value(), id.toString(), at, source, false, json(record, event)));
            case DecodedRecord.OfNotification(var source, var notification) -> claimed(notification)
                    .map(tradeNo -> new Row(record, tradeNo, notification.id(), notification.receivedAt(), source,
                            notification.verdict() == NotificationVerdict.FORGED, cut(json(record), "/body", notification.body())));
            case DecodedRecord.OfAnswer(var source, var answer) -> Optional.of(new Row(record, answer.tradeNumber().value(), answer.id(),
                    answer.answeredAt(), source, false, cut(json(record), "/body", answer.body())));
            case DecodedRecord.Watched _,DecodedRecord.OfBooks _,DecodedRecord.NotUnderstood _ -> Optional.empty();
        };
    }

    private static String json(LogRecord record) {
        return new String(record.raw().value(), StandardCharsets.UTF_8);
    }

    private static String json(LogRecord record, TopUpEvent event) {
        return event instanceof Evidenced fact ? cut(json(record), "/evidence/body", fact.evidence().body()) : json(record);
    }

    /// With so much of the body as is shown, and one character more where it is cut.
    ///
    /// @param place of the body
    private static String cut(String json, String place, byte[] body) {
        if (body.length <= Limits.SHOWN_OF_A_BODY) {
            return json;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        byte[] shown = text.substring(0, Math.min(text.length(), Limits.SHOWN_OF_A_BODY + 1)).getBytes(StandardCharsets.UTF_8);
        JsonNode all = MAPPER.readTree(json);
        ((ObjectNode) all.at(JsonPointer.compile(place).head())).put("body", shown);
        return all.toString();
    }

    private Optional<String> claimed(Notification notification) {
        return !notification.tradeNumber().isEmpty()
                ? Optional.of(notification.tradeNumber())
                : channels.find(notification.provider())
                        .flatMap(channel -> channel.notifications().claimedTradeNumber(notification.body()));
    }

    /// Of forgeries, which any stranger can send, only some about each order: they must fill no table, and hide nothing that is true. An
    /// order is known before its number leaves the house; only while the view is rebuilt it may come after them, and so old ones are kept
    /// for a while.
    private List<Row> withinTheLimitOfForgeries(List<Row> rows) {
        List<Row> forged = rows.stream().filter(Row::forged).toList();
        if (forged.isEmpty()) {
            return rows;
        }
        Map<String, Forgeries> before = forgeries(forged);
        Instant live = clock.instant().minus(Limits.NOTICES_LIVE);
        return rows.stream().filter(row -> {
            Forgeries ofOrder = before.get(row.tradeNo());
            return !row.forged() || (ofOrder != null && ofOrder.mayHaveOneMore(row.at().isBefore(live)));
        }).toList();
    }

    /// The forgeries about one number.
    private static final class Forgeries {
        private final boolean orderKnown;
        private long kept;

        Forgeries(boolean orderKnown, long kept) {
            this.orderKnown = orderKnown;
            this.kept = kept;
        }

        boolean mayHaveOneMore(boolean old) {
            return (old || orderKnown) && kept++ < Limits.FORGERIES_OF_AN_ORDER;
        }
    }

    /// Those that are kept already, without the given ones.
    private Map<String, Forgeries> forgeries(List<Row> forged) {
        Map<String, Forgeries> found = new HashMap<>();
        jdbc.sql("""
                with given as (
                    select * from unnest(:tradeNos::text[], :topics::text[], :partitions::bigint[], :offsets::bigint[])
                        as g (trade_no, topic, log_partition, log_offset))
                select number.trade_no, exists (select from orders.topup where topup.trade_no = number.trade_no) as known,
                    (select count(*) from orders.timeline where timeline.trade_no = number.trade_no and forged
                        and (topic, log_partition, log_offset) not in (
                            select topic, log_partition, log_offset from given where given.trade_no = number.trade_no)) as kept
                from (select distinct trade_no from given) number""")
                .param("tradeNos", texts(forged, Row::tradeNo))
                .param("topics", texts(forged, row -> row.record().raw().topic()))
                .param("partitions", numbers(forged, row -> (long) row.record().partition()))
                .param("offsets", numbers(forged, row -> row.record().offset()))
                .query(row -> {
                    found.put(row.getString("trade_no"), new Forgeries(row.getBoolean("known"), row.getLong("kept")));
                });
        return found;
    }

    private void insert(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into orders.timeline (trade_no, topic, log_partition, log_offset, type, fact_id, at, source, forged, stray_since, data)
                select trade_no, topic, log_partition, log_offset, type, fact_id, at, source, forged,
                    case when forged and not exists (select from orders.topup where topup.trade_no = r.trade_no) then :now::timestamptz end,
                    data
                from unnest(:tradeNos::text[], :topics::text[], :partitions::bigint[], :offsets::bigint[], :types::text[],
                    :factIds::text[], :ats::timestamptz[], :sources::text[], :forged::boolean[], :data::json[])
                    as r (trade_no, topic, log_partition, log_offset, type, fact_id, at, source, forged, data)
                on conflict (trade_no, topic, log_partition, log_offset) do nothing""")
                .param("tradeNos", texts(rows, Row::tradeNo))
                .param("topics", texts(rows, row -> row.record().raw().topic()))
                .param("partitions", numbers(rows, row -> (long) row.record().partition()))
                .param("offsets", numbers(rows, row -> row.record().offset()))
                .param("types", texts(rows, row -> type(row.record())))
                .param("factIds", texts(rows, Row::factId))
                .param("ats", texts(rows, row -> row.at().toString()))
                .param("sources", texts(rows, Row::source))
                .param("forged", rows.stream().map(Row::forged).toArray(Boolean[]::new))
                .param("data", texts(rows, Row::json))
                .param("now", clock.instant().toString())
                .update();
    }

    private static String type(LogRecord record) {
        return new String(record.raw().headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }
}
