package dev.sluice.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.Money;
import dev.sluice.event.Provider;

/// All orders, newest first, narrowed to what an operator looks for. A page begins after the last row of the one before, and never
/// counts rows that nobody sees, so that it is as fast on ten million orders as on ten.
@Component
class OrderList {
    private final JdbcClient jdbc;

    OrderList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is looked for; what is empty narrows nothing.
    ///
    /// @param until   not included
    /// @param mostFen included
    /// @param text    beginning of our number, or of the provider's
    record Search(
            Optional<OrderStatus> status,
            Optional<Provider> provider,
            Optional<Long> user,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<Long> leastFen,
            Optional<Long> mostFen,
            String text) {}

    /// The last row of a page.
    record Key(Instant createdAt, String tradeNo) {}

    /// A row of the list.
    record Row(
            String orderId,
            long userId,
            String paymentMethod,
            OrderStatus status,
            String money,
            long quota,
            boolean late,
            Instant createdAt,
            Optional<String> transactionId) {
        Key key() {
            return new Key(createdAt, orderId);
        }
    }

    List<Row> page(Search search, Optional<Key> after, int size) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Map<String, Object> parameters = new HashMap<>(Map.of("size", size));
        search.status().ifPresent(status -> narrow(conditions, parameters, "status = :status", "status", status.name()));
        search.provider().ifPresent(provider -> narrow(conditions, parameters, "provider = :provider", "provider", provider.name()));
        search.user().ifPresent(user -> narrow(conditions, parameters, "user_id = :user", "user", user));
        search.from().ifPresent(from -> narrow(conditions, parameters, "created_at >= :from::timestamptz", "from", from.toString()));
        search.until().ifPresent(until -> narrow(conditions, parameters, "created_at < :until::timestamptz", "until", until.toString()));
        search.leastFen().ifPresent(fen -> narrow(conditions, parameters, "fen >= :leastFen", "leastFen", fen));
        search.mostFen().ifPresent(fen -> narrow(conditions, parameters, "fen <= :mostFen", "mostFen", fen));
        if (!search.text().isEmpty()) {
            narrow(conditions, parameters, "(trade_no like :text or transaction_id like :text)", "text", beginningWith(search.text()));
        }
        after.ifPresent(key -> {
            narrow(conditions, parameters, "(created_at, trade_no) < (:keyAt::timestamptz, :keyNo)", "keyAt", key.createdAt().toString());
            parameters.put("keyNo", key.tradeNo());
        });
        return jdbc.sql("select trade_no, user_id, provider, status, fen, quota, late, created_at, transaction_id from orders.topup where "
                + String.join(" and ", conditions) + " order by created_at desc, trade_no desc limit :size")
                .params(parameters)
                .query((row, _) -> new Row(
                        row.getString("trade_no"),
                        row.getLong("user_id"),
                        Provider.valueOf(row.getString("provider")).method(),
                        OrderStatus.valueOf(row.getString("status")),
                        Money.ofFen(row.getLong("fen")).yuan(),
                        row.getLong("quota"),
                        row.getBoolean("late"),
                        row.getTimestamp("created_at").toInstant(),
                        Optional.ofNullable(row.getString("transaction_id"))))
                .list();
    }

    private static void narrow(List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private static String beginningWith(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
