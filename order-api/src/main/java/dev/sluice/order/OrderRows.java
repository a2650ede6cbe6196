package dev.sluice.order;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.row.Columns;

/// The statements over many orders at once, each for a whole poll of the log. Orders are locked in the order of their numbers, so that two
/// transactions cannot wait for each other.
public class OrderRows {
    /// An update takes the last move of each order; the progress of a page needs all of them. The figures of a day count an order once in
    /// each status that it came to. All parts see the orders as they were before.
    private static final String MOVE = """
            with move as (
                select * from unnest(:tradeNos::text[], :versions::bigint[], :statuses::text[], :transactionIds::text[],
                    :lates::boolean[], :paidAts::timestamptz[], :paidUnits::bigint[], :paidCurrencies::text[],
                    :creditedAts::timestamptz[], :creditedQuotas::bigint[], :balances::bigint[], :movedAts::timestamptz[])
                    as m (trade_no, version, status, transaction_id, late, paid_at, paid_minor_units, paid_currency, credited_at,
                    credited_quota, balance, moved_at)),
            last as (select distinct on (trade_no) * from move order by trade_no, version desc),
            moved as (
                update orders.topup set version = last.version, status = last.status, transaction_id = last.transaction_id,
                    late = last.late, paid_at = last.paid_at, paid_minor_units = last.paid_minor_units,
                    paid_currency = last.paid_currency, credited_at = last.credited_at, credited_quota = last.credited_quota,
                    balance = last.balance
                from last where topup.trade_no = last.trade_no),
            kept as (
                insert into orders.progress (trade_no, version, status, transaction_id, late, paid_at, paid_minor_units,
                    paid_currency, credited_at, credited_quota, balance, moved_at)
                select trade_no, version, status, transaction_id, late, paid_at, paid_minor_units, paid_currency, credited_at,
                    credited_quota, balance, moved_at
                from move where moved_at >= :shownSince::timestamptz
                on conflict (trade_no, version) do nothing),
            step as (
                select (m.moved_at at time zone 'Asia/Shanghai')::date as day, t.provider, t.currency, m.status, t.minor_units,
                    lag(m.status, 1, t.status) over of_order <> m.status
                        and lag(m.status, 1, t.status) over of_order not in ('REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED') as arrived,
                    m.credited_quota - lag(m.credited_quota, 1, t.credited_quota) over of_order as quota,
                    extract(epoch from m.moved_at - m.paid_at) as seconds
                from move m join orders.topup t using (trade_no)
                window of_order as (partition by trade_no order by m.version)),
            counted as (
                insert into orders.figures (day, provider, currency, status, orders, minor_units, quota)
                select day, provider, currency, status, count(*) filter (where arrived),
                    coalesce(sum(minor_units) filter (where arrived), 0), sum(quota)
                from step where status in ('PAID', 'CREDITED', 'HELD', 'CLOSED')
                group by day, provider, currency, status order by day, provider, currency, status
                on conflict (day, provider, currency, status) do update set orders = figures.orders + excluded.orders,
                    minor_units = figures.minor_units + excluded.minor_units, quota = figures.quota + excluded.quota),
            timed as (
                insert into orders.credit_delay (day, bucket, orders)
                select day, width_bucket(seconds::float8, :delays::float8[]), count(*)
                from step where arrived and status = 'CREDITED' and seconds is not null group by 1, 2 order by 1, 2
                on conflict (day, bucket) do update set orders = credit_delay.orders + excluded.orders)
            select pg_notify(:channel, payload) is null from unnest(:payloads::text[]) as p (payload)""";

    /// The ends of the classes of the time from a payment to its credit; the last class has none.
    public static final List<Duration> DELAYS = Stream.of(1, 2, 3, 5, 10, 20, 30, 60, 300, 1800).map(Duration::ofSeconds).toList();

    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean notifies;

    public OrderRows(JdbcClient jdbc, Clock clock) {
        this(jdbc, clock, true);
    }

    private OrderRows(JdbcClient jdbc, Clock clock, boolean notifies) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.notifies = notifies;
    }

    /// For a rebuild: no instance is notified of moves, and none are kept for pages.
    public static OrderRows ofThePast(JdbcClient jdbc) {
        return new OrderRows(jdbc, OrderInsertion.AFTER_ALL_MOVES, false);
    }

    /// An order that is locked until the end of the transaction.
    ///
    /// @param creditedBy the payments that brought its owner quota
    /// @param credited   how much they brought
    public record Locked(TopUpOrder order, Set<TransactionId> creditedBy, long credited) {}

    /// A move of an order.
    ///
    /// @param version  of the order after it
    /// @param progress of the order after it
    /// @param at       when it happened
    public record Move(TradeNumber tradeNumber, int version, Progress progress, Instant at) {}

    /// Locks those of the orders that have a row.
    public List<Locked> lock(Set<TradeNumber> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select topup.*,
                            array(select c.transaction_id from orders.credit c
                                where c.trade_no = topup.trade_no and c.user_id = topup.user_id) as credited_by,
                            (select coalesce(sum(c.quota), 0) from orders.credit c
                                where c.trade_no = topup.trade_no and c.user_id = topup.user_id) as credited
                        from orders.topup where trade_no = any(:tradeNos) order by trade_no for update of topup""")
                        .param("tradeNos", Columns.texts(numbers, TradeNumber::value))
                        .query((row, _) -> new Locked(OrderRow.read(row), transactions(row.getArray("credited_by")),
                                row.getLong("credited")))
                        .list();
    }

    private static Set<TransactionId> transactions(Array column) throws SQLException {
        return Arrays.stream((String[]) column.getArray()).map(TransactionId::new).collect(Collectors.toSet());
    }

    /// Records that payments became quota of users, who need not be the orders' owners.
    public void recordCredits(Collection<QuotaCredited> credits) {
        if (credits.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with added as (
                    insert into orders.credit (trade_no, transaction_id, user_id, quota)
                    select * from unnest(:tradeNos::text[], :transactionIds::text[], :userIds::text[], :quotas::bigint[])
                    on conflict (trade_no, transaction_id) do nothing returning user_id, quota)
                insert into orders.user_quota (user_id, quota)
                select user_id, sum(quota) from added group by user_id order by user_id
                on conflict (user_id) do update set quota = user_quota.quota + excluded.quota""")
                .param("tradeNos", Columns.texts(credits, credit -> credit.tradeNumber().value()))
                .param("transactionIds", Columns.texts(credits, credit -> credit.transactionId().value()))
                .param("userIds", Columns.texts(credits, credit -> credit.userId().value()))
                .param("quotas", Columns.numbers(credits, credit -> credit.quota().units()))
                .update();
    }

    /// Moves locked orders, each by all of its moves, and notifies all instances of them once.
    public void move(List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        jdbc.sql(MOVE)
                .param("tradeNos", Columns.texts(moves, move -> move.tradeNumber().value()))
                .param("versions", Columns.numbers(moves, move -> (long) move.version()))
                .param("statuses", Columns.texts(moves, move -> move.progress().status().name()))
                .param("transactionIds", Columns.texts(moves, move -> text(move.progress().transactionId())))
                .param("lates", moves.stream().map(move -> move.progress().late()).toArray(Boolean[]::new))
                .param("paidAts", Columns.texts(moves, move -> text(move.progress().paidAt())))
                .param("paidUnits", Columns.numbers(moves, move -> number(move.progress().paidMoney())))
                .param("paidCurrencies", Columns.texts(moves, move -> currency(move.progress().paidMoney())))
                .param("balances", Columns.numbers(moves, move -> move.progress().balance()))
                .param("creditedAts", Columns.texts(moves, move -> text(move.progress().creditedAt())))
                .param("creditedQuotas", Columns.numbers(moves, move -> move.progress().creditedQuota()))
                .param("movedAts", Columns.texts(moves, move -> move.at().toString()))
                .param("shownSince", Limits.progressKeptSince(clock))
                .param("delays", DELAYS.stream().map(bound -> (double) bound.toSeconds()).toArray(Double[]::new))
                .param("channel", OrderTransitions.CHANNEL)
                .param("payloads",
                        notifies ? Payloads.of(moves.stream().map(move -> move.tradeNumber().value()).distinct().toList()) : new String[0])
                .query(Boolean.class)
                .list();
    }

    /// Deletes moves that no page needs any more.
    public void forgetProgress() {
        jdbc.sql("delete from orders.progress where moved_at < :shownSince::timestamptz")
                .param("shownSince", Limits.progressKeptSince(clock)).update();
    }

    private static @Nullable Long number(@Nullable Money money) {
        return money == null ? null : money.minorUnits();
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency().getCurrencyCode();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
