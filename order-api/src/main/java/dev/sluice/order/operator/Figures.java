package dev.sluice.order.operator;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Money;
import dev.sluice.order.OrderStatus;

/// What the view of the orders has counted, day by day, and what waits now. Nothing here reads orders that have ended.
@Component
class Figures {
    private final JdbcClient jdbc;

    Figures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The orders that came to a status on a day.
    ///
    /// @param day    in Beijing
    /// @param status what they came to: `PAID`, `CREDITED`, `HELD` or `CLOSED`
    /// @param money  their prices together, in units with two decimals
    /// @param quota  what they brought
    record OfDay(LocalDate day, String paymentMethod, String currency, OrderStatus status, long orders, String money, String quota) {}

    /// Orders that are between two statuses now.
    ///
    /// @param status `PAID`: received and not credited; `HELD`: an operator decides
    /// @param oldest since when the one that waits longest is paid
    record WaitingOrders(OrderStatus status, String currency, long orders, String money, @Nullable Instant oldest) {}

    List<OfDay> since(LocalDate first) {
        return jdbc.sql("""
                select day, provider, currency, status, orders, minor_units, quota from orders.figures
                where day >= :first::date order by day desc, provider, currency, status""")
                .param("first", first.toString())
                .query((row, _) -> new OfDay(row.getDate("day").toLocalDate(), row.getString("provider"), row.getString("currency"),
                        OrderStatus.valueOf(row.getString("status")), row.getLong("orders"),
                        money(row.getLong("minor_units"), row.getString("currency")), row.getBigDecimal("quota").toPlainString()))
                .list();
    }

    /// Out of the index of the open orders.
    List<WaitingOrders> waiting() {
        return jdbc.sql("""
                select status, currency, count(*) as orders, sum(minor_units) as minor_units, min(paid_at) as oldest from orders.topup
                where status in ('PAID', 'HELD') group by status, currency order by status, currency""")
                .query((row, _) -> new WaitingOrders(OrderStatus.valueOf(row.getString("status")), row.getString("currency"),
                        row.getLong("orders"), money(row.getLong("minor_units"), row.getString("currency")),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant).orElse(null)))
                .list();
    }

    long openHolds() {
        return jdbc.sql("select count(*) from orders.hold where not published").query(Long.class).single();
    }

    CreditDelay delaySince(LocalDate first) {
        Map<Integer, Long> orders = new HashMap<>();
        jdbc.sql("select bucket, sum(orders) as orders from orders.credit_delay where day >= :first::date group by bucket")
                .param("first", first.toString())
                .query(row -> {
                    orders.put(row.getInt("bucket"), row.getLong("orders"));
                });
        return new CreditDelay(orders);
    }

    private static String money(long minorUnits, String currency) {
        return new Money(minorUnits, Currency.getInstance(currency)).decimal();
    }
}
