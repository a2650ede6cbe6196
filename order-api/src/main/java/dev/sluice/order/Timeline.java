package dev.sluice.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.EventCodec;
import dev.sluice.event.Notice;
import dev.sluice.event.NoticeVerdict;
import dev.sluice.event.ProviderAnswer;
import dev.sluice.event.Reading;

/// Everything that is known of an order, in the order of time. It is a view of the log and can be rebuilt from it, as far back as the
/// log goes: facts for ever, notices and answers for 90 days.
@Component
class Timeline {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    /// PostgreSQL keeps no NUL, and whoever writes one must not keep the rest from being seen.
    private static final String NUL = "\\u0000";
    private static final String REPLACEMENT = "\\ufffd";
    /// Which order a notice claims to be about, forged or not. Only for showing it in the right place.
    private static final Pattern WECHATS_CLAIM = Pattern.compile("<out_trade_no>\\s*(?:<!\\[CDATA\\[)?([0-9A-Za-z_|*@-]{1,64})");
    private static final Pattern ALIPAYS_CLAIM = Pattern.compile("(?:^|&)out_trade_no=([0-9A-Za-z_-]{1,64})");

    private final JdbcClient jdbc;

    Timeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(ConsumerRecord<String, byte[]> record, Reading.Fact fact) {
        insert(record, fact.event().tradeNumber().value(), fact.at(), fact.event().getClass().getSimpleName(), fact.id().toString(),
                MAPPER.readTree(record.value()));
    }

    /// Keeps a record of `sluice.notifications`. Of forgeries, which anybody can send, only some about each order that there is: they
    /// must fill no table, and hide nothing that is true.
    void keep(ConsumerRecord<String, byte[]> record) {
        EventCodec.readNotice(record).ifPresent(notice -> claimed(notice)
                .filter(number -> notice.verdict() != NoticeVerdict.FORGED || mayHaveOneMoreForgery(number))
                .ifPresent(number -> insert(record, number, notice.receivedAt(), "Notice", notice.id(), shown(notice))));
        EventCodec.readAnswer(record).ifPresent(answer -> insert(record, answer.tradeNumber().value(), answer.answeredAt(),
                "ProviderAnswer", answer.id(), shown(answer)));
    }

    private static Optional<String> claimed(Notice notice) {
        Pattern pattern = switch (notice.provider()) {
            case WECHAT -> WECHATS_CLAIM;
            case ALIPAY -> ALIPAYS_CLAIM;
        };
        Matcher claim = pattern.matcher(new String(notice.body(), StandardCharsets.UTF_8));
        return claim.find() ? Optional.of(claim.group(1)) : Optional.empty();
    }

    private boolean mayHaveOneMoreForgery(String tradeNo) {
        return jdbc.sql("""
                select exists (select from orders.topup where trade_no = :tradeNo)
                    and (select count(*) from orders.timeline
                         where trade_no = :tradeNo and kind = 'Notice' and data ->> 'verdict' = 'FORGED') < :most""")
                .param("tradeNo", tradeNo)
                .param("most", Limits.FORGERIES_OF_AN_ORDER)
                .query(Boolean.class)
                .single();
    }

    private static JsonNode shown(Notice notice) {
        return MAPPER.valueToTree(Map.of("id", notice.id(), "provider", notice.provider(), "path", notice.path(), "remote_address",
                notice.remoteAddress(), "verdict", notice.verdict(), "reason", notice.reason(), "body", text(notice.body())));
    }

    private static JsonNode shown(ProviderAnswer answer) {
        return MAPPER.valueToTree(Map.of("id", answer.id(), "provider", answer.provider(), "question", answer.question(), "asked_at",
                answer.askedAt(), "finding", answer.finding(), "reason", answer.reason(), "body", text(answer.body())));
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= Limits.SHOWN_OF_A_BODY ? text : text.substring(0, Limits.SHOWN_OF_A_BODY) + "…";
    }

    private void insert(ConsumerRecord<String, byte[]> record, String tradeNo, Instant at, String kind, String factId, JsonNode data) {
        Header source = record.headers().lastHeader("ce_source");
        jdbc.sql("""
                insert into orders.timeline (record, trade_no, at, kind, source, fact_id, data)
                values (:record, :tradeNo, :at::timestamptz, :kind, :source, :factId, :data::jsonb)
                on conflict (record) do nothing""")
                .param("record", record.topic() + "/" + record.partition() + "/" + record.offset())
                .param("tradeNo", tradeNo)
                .param("at", at.toString())
                .param("kind", kind)
                .param("source", source == null ? "" : new String(source.value(), StandardCharsets.UTF_8))
                .param("factId", factId)
                .param("data", MAPPER.writeValueAsString(data).replace(NUL, REPLACEMENT))
                .update();
    }

    /// A fact about an order, as it was told first.
    Optional<TimelineEntry> find(String tradeNo, UUID factId) {
        return jdbc.sql("""
                select at, kind, source, data from orders.timeline where trade_no = :tradeNo and fact_id = :factId
                order by at, record limit 1""")
                .param("tradeNo", tradeNo)
                .param("factId", factId.toString())
                .query((row, _) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        row.getString("source"),
                        false,
                        MAPPER.readTree(row.getString("data"))))
                .optional();
    }

    /// Oldest first.
    List<TimelineEntry> of(String tradeNo) {
        Set<String> told = new HashSet<>();
        return jdbc.sql("""
                select at, kind, source, fact_id, data from orders.timeline
                where trade_no = :tradeNo and (kind <> 'ProviderAnswer' or record in (
                    select record from orders.timeline where trade_no = :tradeNo and kind = 'ProviderAnswer'
                    order by at desc, record desc limit :answers))
                order by at, record""")
                .param("tradeNo", tradeNo)
                .param("answers", Limits.ANSWERS_SHOWN)
                .query((row, _) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        row.getString("source"),
                        !told.add(row.getString("fact_id")),
                        MAPPER.readTree(row.getString("data"))))
                .list();
    }
}
