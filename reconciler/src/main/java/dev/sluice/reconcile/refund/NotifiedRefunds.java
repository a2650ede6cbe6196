package dev.sluice.reconcile.refund;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

import static dev.sluice.log.row.Columns.texts;

/// The refunds that notifications named, by order. Each is a reason to query: a provider that does not list an order's refunds is asked about
/// each by its number, before a payment that was found by a query is confirmed; and a payment that is confirmed is looked at for refunds
/// that were not requested here.
@Component
public class NotifiedRefunds {
    /// Refunds of one order that are asked about.
    static final int MOST_OF_AN_ORDER = 50;

    private final JdbcClient jdbc;
    private final GenuineNotifications genuine;
    private final Clock clock;

    public NotifiedRefunds(JdbcClient jdbc, GenuineNotifications genuine, Clock clock) {
        this.jdbc = jdbc;
        this.genuine = genuine;
        this.clock = clock;
    }

    private record Refund(TradeNumber tradeNumber, String number) {}

    private record Named(Provider provider, Instant at) {}

    /// A payment's order that is looked at for refunds.
    ///
    /// @param number   that a notification named; a provider that lists the refunds of an order needs none
    /// @param failures looks in a row without information
    /// @param wanted   when the look was wanted
    record Look(TradeNumber tradeNumber, String number, int failures, Instant wanted) {}

    /// Applies a poll's notifications with two statements, or with none when they name no refund. One of the past is not looked at again.
    public void apply(List<LogRecord> records) {
        Map<Refund, Named> refunds = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.OfNotification(var _, Notification notification)) {
                genuine.tradeNumber(notification)
                        .ifPresent(order -> genuine.refund(notification).ifPresent(number -> refunds.put(new Refund(order, number),
                                new Named(notification.provider(), notification.receivedAt()))));
            }
        }
        if (!refunds.isEmpty()) {
            Instant now = clock.instant();
            insert(refunds, now);
            hurry(refunds.keySet().stream().map(each -> each.tradeNumber().value()).distinct().toList(), now);
        }
    }

    private void insert(Map<Refund, Named> refunds, Instant now) {
        jdbc.sql("""
                insert into recon.refund (trade_no, refund_no, provider, next_at)
                select * from unnest(:tradeNos::text[], :refundNos::text[], :providers::text[], :nextAts::timestamptz[])
                on conflict (trade_no, refund_no) do update set next_at = coalesce(excluded.next_at, recon.refund.next_at), failures = 0""")
                .param("tradeNos", texts(refunds.keySet(), refund -> refund.tradeNumber().value()))
                .param("refundNos", texts(refunds.keySet(), Refund::number))
                .param("providers", texts(refunds.values(), named -> named.provider().code()))
                .param("nextAts", texts(refunds.values(), named -> wanted(named.at(), now)))
                .update();
    }

    private static @Nullable String wanted(Instant at, Instant now) {
        return at.isBefore(now.minus(Limits.LOOKED_AT_WITHIN)) ? null : now.toString();
    }

    private void hurry(List<String> tradeNumbers, Instant now) {
        jdbc.sql("""
                update recon.pending_refund set next_at = :now::timestamptz
                where trade_no = any(:tradeNos) and state in ('DUE', 'LEFT') and called_at is not null and next_at > :now::timestamptz
                    and refusal <> 'FOR_NOW'""")
                .param("tradeNos", tradeNumbers.toArray(String[]::new))
                .param("now", now.toString())
                .update();
    }

    /// The numbers of an order's refunds.
    public List<String> of(TradeNumber tradeNumber) {
        return jdbc.sql("select refund_no from recon.refund where trade_no = :tradeNo order by refund_no limit :most")
                .param("tradeNo", tradeNumber.value())
                .param("most", MOST_OF_AN_ORDER)
                .query((row, _) -> row.getString("refund_no"))
                .list();
    }

    /// Takes orders that are to be looked at; they are the caller's for [Limits#CLAIM].
    List<Look> claim(Provider provider, Instant now, int most) {
        return jdbc.sql("""
                update recon.refund set claimed_until = :claimedUntil::timestamptz
                where (trade_no, refund_no) in (
                    select trade_no, refund_no from recon.refund
                    where provider = :provider and next_at <= :now::timestamptz
                        and (claimed_until is null or claimed_until <= :now::timestamptz or claimed_until > :impossible::timestamptz)
                    order by next_at limit :most for update skip locked)
                returning trade_no, refund_no, failures, next_at""")
                .param("provider", provider.code())
                .param("now", now.toString())
                .param("claimedUntil", now.plus(Limits.CLAIM).toString())
                .param("impossible", now.plus(Limits.CLAIM).plus(Limits.CLOCKS_DIFFER).toString())
                .param("most", most)
                .query((row, _) -> new Look(new TradeNumber(row.getString("trade_no")), row.getString("refund_no"), row.getInt("failures"),
                        row.getTimestamp("next_at").toInstant()))
                .list();
    }

    /// Ends a claim. A look that was wanted meanwhile follows.
    ///
    /// @param again when it is looked at again; empty: when a notification names a refund of it
    void looked(Look look, int failures, Optional<Instant> again) {
        jdbc.sql("""
                update recon.refund set claimed_until = null, failures = :failures,
                    next_at = case when next_at = :wanted then :again::timestamptz else next_at end
                where trade_no = :tradeNo and refund_no = :refundNo""")
                .param("failures", failures)
                .param("wanted", Timestamp.from(look.wanted()))
                .param("again", again.map(Instant::toString).orElse(null))
                .param("tradeNo", look.tradeNumber().value())
                .param("refundNo", look.number())
                .update();
    }
}
