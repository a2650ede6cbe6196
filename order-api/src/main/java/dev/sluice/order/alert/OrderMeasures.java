package dev.sluice.order.alert;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.order.pricing.ConfiguredAccounts;

/// What the view of the orders shows of alerts, by the indexes of the orders that have not ended and of the holds without a decision.
@Component
class OrderMeasures {
    private final JdbcClient jdbc;
    private final Supplier<ConfiguredAccounts> accounts;
    private final Clock clock;

    OrderMeasures(JdbcClient jdbc, Supplier<ConfiguredAccounts> accounts, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// So many, and when it began for the first of them.
    ///
    /// @param minorUnits their prices together
    record Count(long rows, long minorUnits, @Nullable Instant first) {}

    /// Those of the alerts that fire.
    List<Finding> findings() {
        Instant now = clock.instant();
        List<Finding> all = new ArrayList<>();
        money(now, all);
        holds(now, all);
        orders(now, all);
        return all;
    }

    /// The open orders whose code is being made for longer than a moment.
    Count withoutCode() {
        return count("""
                select count(*) as found, sum(minor_units) as minor_units, min(created_at) as first from orders.topup
                where status = 'NEW' and expires_at > :now::timestamptz and created_at < :before::timestamptz""", Limits.WITHOUT_CODE);
    }

    /// The move to a status has the version that its order still has.
    private Count paid(Duration longerThan) {
        return count("""
                select count(*) as found, sum(minor_units) as minor_units, min(since) as first
                from (select minor_units, coalesce(moved_at, topup.paid_at, created_at) as since
                    from orders.topup left join orders.progress using (trade_no, version) where topup.status = 'PAID') as paid
                where since < :before::timestamptz""", longerThan);
    }

    private void money(Instant now, List<Finding> all) {
        Count waiting = paid(Limits.MONEY_WAITS);
        if (waiting.first() != null) {
            all.add(Finding.of(Alert.MONEY_WAITING, waiting.first(), waiting.rows(), Money.ofFen(waiting.minorUnits()).decimal(),
                    Finding.lasting(Duration.between(waiting.first(), now))));
        }
    }

    private void holds(Instant now, List<Finding> all) {
        Count recent = count("""
                select count(*) as found, sum(minor_units) as minor_units, min(held_at) as first from orders.hold
                where not published and held_at >= :before::timestamptz""", Limits.EVENT_FIRES);
        if (recent.first() != null) {
            all.add(Finding.of(Alert.NEW_HOLD, recent.first(), recent.rows()));
        }
        Count old = count("""
                select count(*) as found, sum(minor_units) as minor_units, min(held_at) as first from orders.hold
                where not published and held_at < :before::timestamptz""", Limits.HOLD_OPEN);
        if (old.first() != null) {
            all.add(Finding.of(Alert.HOLD_OPEN, old.first(), old.rows(), Finding.lasting(Duration.between(old.first(), now))));
        }
    }

    private void orders(Instant now, List<Finding> all) {
        Count unpaid = count("""
                select count(*) as found, sum(minor_units) as minor_units, min(expires_at) as first from orders.topup
                where status in ('NEW', 'AWAITING_PAYMENT')
                    and created_at < :before::timestamptz and expires_at < :before::timestamptz""", Limits.ORDER_OPEN);
        long overdue = unpaid.rows() + paid(Limits.PAYMENT_WITHOUT_OUTCOME).rows();
        if (overdue > 0) {
            all.add(Finding.of(Alert.ORDERS_OVERDUE, unpaid.first() == null ? null : unpaid.first().plus(Limits.ORDER_OPEN), overdue));
        }
        ConfiguredAccounts configured = accounts.get();
        long unaskable = jdbc.sql("""
                select provider, app_id, merchant_id, count(*) as found from orders.topup
                where status in ('NEW', 'AWAITING_PAYMENT') and expires_at > :codesEnd::timestamptz
                group by provider, app_id, merchant_id""")
                .param("codesEnd", now.minus(Limits.ORDER_OPEN).toString())
                .query((row, _) -> configured.has(new Provider(row.getString("provider")),
                        new Merchant(row.getString("app_id"), row.getString("merchant_id"))) ? 0 : row.getLong("found"))
                .list().stream().mapToLong(Long::longValue).sum();
        if (unaskable > 0) {
            all.add(Finding.of(Alert.ORDERS_UNASKABLE, null, unaskable));
        }
    }

    private Count count(String statement, Duration age) {
        Instant now = clock.instant();
        return jdbc.sql(statement).param("now", now.toString()).param("before", now.minus(age).toString())
                .query((row, _) -> new Count(row.getLong("found"), row.getLong("minor_units"),
                        Optional.ofNullable(row.getTimestamp("first")).map(Timestamp::toInstant).orElse(null)))
                .single();
    }
}
