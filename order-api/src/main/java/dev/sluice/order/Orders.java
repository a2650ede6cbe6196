package dev.sluice.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.log.row.Columns;

/// The orders, as they are read; how they change is in [OrderTransitions] and [OrderRows].
@Component
public class Orders {
    private static final String NEWEST = """
            select * from orders.topup where user_id = :userId order by created_at desc, trade_no desc limit :most""";

    private final JdbcClient jdbc;

    public Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<TopUpOrder> findByTradeNo(String tradeNo) {
        return jdbc.sql("select * from orders.topup where trade_no = :tradeNo")
                .param("tradeNo", tradeNo).query((row, _) -> OrderRow.read(row)).optional();
    }

    /// The orders of these numbers, as far as there are such.
    public List<TopUpOrder> ofTradeNos(Collection<String> tradeNos) {
        return jdbc.sql("select * from orders.topup where trade_no = any(:tradeNos::text[])")
                .param("tradeNos", Columns.texts(tradeNos, tradeNo -> tradeNo)).query((row, _) -> OrderRow.read(row)).list();
    }

    public Optional<TopUpOrder> findByTradeNoAndUserId(String tradeNo, String userId) {
        return findByTradeNo(tradeNo).filter(order -> order.userId().equals(userId));
    }

    public Optional<TopUpOrder> findByUserIdAndIdempotencyKey(String userId, String idempotencyKey) {
        return jdbc.sql("""
                select * from orders.topup
                where user_id = :userId and idempotency_key = :idempotencyKey""")
                .param("userId", userId)
                .param("idempotencyKey", idempotencyKey)
                .query((row, _) -> OrderRow.read(row))
                .optional();
    }

    /// A page of a user's orders.
    ///
    /// @param total of all pages
    public record History(List<TopUpOrder> orders, long total) {}

    /// The part of a user's orders that a page shows.
    ///
    /// @param keyword  part of their numbers; empty: all
    /// @param statuses empty: all
    /// @param size     of the page
    /// @param offset   so many newer ones are on earlier pages
    public record Selection(String keyword, Set<OrderStatus> statuses, int size, long offset) {}

    /// The user's orders, newest first, among the newest [Limits#HISTORY_ORDERS].
    public History history(String userId, Selection selection) {
        String selected = "from (" + NEWEST + """
                ) as newest where position(:keyword in trade_no) > 0 and (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
                """;
        Map<String, Object> parameters = Map.of("userId", userId, "most", Limits.HISTORY_ORDERS, "keyword", selection.keyword(),
                "statuses", selection.statuses().stream().map(Enum::name).toArray(String[]::new), "size", selection.size(), "offset",
                selection.offset());
        long total = jdbc.sql("select count(*) " + selected).params(parameters).query(Long.class).single();
        return new History(jdbc.sql("select * " + selected + "order by created_at desc, trade_no desc limit :size offset :offset")
                .params(parameters).query((row, _) -> OrderRow.read(row)).list(), total);
    }

    /// The order as it was after each move that came later than `version`; of moves of more than a day ago, only the last.
    public List<TopUpOrder> progressAfter(String tradeNo, int version) {
        // Columns that both have are read from the first.
        return jdbc.sql("""
                with move as (
                    select version, status, transaction_id, late, paid_at, paid_minor_units, paid_currency, credited_at,
                        credited_quota, balance
                    from orders.progress where trade_no = :tradeNo and version > :version
                    union
                    select version, status, transaction_id, late, paid_at, paid_minor_units, paid_currency, credited_at,
                        credited_quota, balance
                    from orders.topup where trade_no = :tradeNo and version > :version)
                select move.*, topup.* from move, orders.topup where trade_no = :tradeNo
                order by move.version""")
                .param("tradeNo", tradeNo)
                .param("version", version)
                .query((row, _) -> OrderRow.read(row))
                .list();
    }

    /// All that payments brought the user, whichever orders they were for.
    public long creditedQuota(String userId) {
        return jdbc.sql("select least(quota, " + Long.MAX_VALUE + ")::bigint from orders.user_quota where user_id = :userId")
                .param("userId", userId).query(Long.class).optional().orElse(0L);
    }

    /// All that the user has been credited with and may still be, by the orders that have not ended: more than a `long`, perhaps.
    public BigDecimal quotaInSight(String userId) {
        return jdbc.sql("""
                select coalesce((select quota from orders.user_quota where user_id = :userId), 0)
                    + coalesce((select sum(quota) from orders.topup
                        where user_id = :userId and status in ('NEW', 'AWAITING_PAYMENT', 'PAID', 'HELD')), 0)""")
                .param("userId", userId).query(BigDecimal.class).single();
    }

    /// An order that a user placed.
    ///
    /// @param unpaid whether nothing was paid for it so far
    public record Placed(Instant at, boolean unpaid) {}

    /// The user's orders since then, oldest first.
    public List<Placed> placedSince(String userId, Instant since) {
        return jdbc.sql("""
                select created_at, status in ('NEW', 'AWAITING_PAYMENT', 'CLOSED') as unpaid from orders.topup
                where user_id = :userId and created_at > :since::timestamptz order by created_at""")
                .param("userId", userId)
                .param("since", since.toString())
                .query((row, _) -> new Placed(row.getTimestamp("created_at").toInstant(), row.getBoolean("unpaid")))
                .list();
    }

    /// The sum of the user's orders of a time, in fen, without those that were closed without money.
    public long fenOrdered(String userId, Instant from, Instant until) {
        return jdbc.sql("""
                select coalesce(sum(minor_units), 0) from orders.topup
                where user_id = :userId and created_at >= :from::timestamptz and created_at < :until::timestamptz and status <> 'CLOSED'""")
                .param("userId", userId)
                .param("from", from.toString())
                .param("until", until.toString())
                .query(Long.class)
                .single();
    }

    /// When the user's orders that can be paid right now expire, soonest first. One whose code is only just being made counts; one whose
    /// provider gave none does not.
    ///
    /// @param since no order that was placed earlier can be paid
    public List<Instant> unpaidUntil(String userId, Instant now, Instant beingMade, Instant since) {
        return jdbc.sql("""
                select expires_at from orders.topup
                where user_id = :userId and created_at > :since::timestamptz and expires_at > :now::timestamptz
                    and (status = 'AWAITING_PAYMENT' or (status = 'NEW' and coalesce(asked_at, created_at) > :beingMade::timestamptz
                        and coalesce(asked_at, created_at) < :now::timestamptz + (:now::timestamptz - :beingMade::timestamptz)))
                order by expires_at""")
                .param("userId", userId)
                .param("now", now.toString())
                .param("beingMade", beingMade.toString())
                .param("since", since.toString())
                .query((row, _) -> row.getTimestamp("expires_at").toInstant())
                .list();
    }
}
