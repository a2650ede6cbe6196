package dev.sluice.order.operator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.SupportCode;

/// All orders, newest first, narrowed by an operator's filters. A page begins after the last row of the one before, and never counts
/// hidden rows, so it is as fast on ten million orders as on ten.
@Component
class OrderList {
    /// Orders whose number, or the provider's, begins with a text, or whose support code it is, at most so many. The order by the number leads PostgreSQL to the index:
    /// it would rather look through the newest orders, and those of one beginning are often all of one old day.
    private static final String BEGINNING_WITH = """
            (select * from orders.topup where trade_no >= :text and trade_no < :beyondText order by trade_no limit :most)
            union
            (select * from orders.topup where transaction_id >= :text and transaction_id < :beyondText
                order by transaction_id limit :most)
            union
            (select * from orders.topup where right(trade_no, 8) = :supportCode limit :most)""";
    /// Which orders, out of the indexes alone as far as they know; only then the rows of those few.
    private static final String PAGE = """
            select trade_no, user_id, provider, status, minor_units, currency, case when credited_at is null then quota else credited_quota end as quota, late, created_at, transaction_id
            from orders.topup
            where trade_no in (select trade_no from %s where %s order by created_at desc, trade_no desc limit :size)
            order by created_at desc, trade_no desc""";
    /// Behind all that begins with the same.
    private static final String BEYOND = "\uffff";

    private final JdbcClient jdbc;

    OrderList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is looked for; what is empty narrows nothing.
    ///
    /// @param until   not included
    /// @param mostFen included
    /// @param text    a support code, or the beginning of our number or of the provider's, that not too many have: see [#tooManyBeginWith]
    record Search(
            Optional<OrderStatus> status,
            Optional<Provider> provider,
            Optional<String> user,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<Long> leastFen,
            Optional<Long> mostFen,
            String text) {}

    /// The last row of a page.
    record Key(Instant createdAt, String tradeNo) {}

    /// A row of the list.
    ///
    /// @param quota what it will bring, or, once it is credited, what it brought its owner
    record Row(
            String orderId,
            String userId,
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

    /// More than an operator wants to read, and than could be sorted in time.
    boolean tooManyBeginWith(String text) {
        return !text.isEmpty() && jdbc.sql("select count(*) from (" + BEGINNING_WITH + ")")
                .params(beginning(text))
                .query(Integer.class)
                .single() > Limits.ORDERS_OF_A_TEXT;
    }

    private static Map<String, Object> beginning(String text) {
        return Map.of("text", text, "beyondText", text + BEYOND, "supportCode", SupportCode.read(text).map(SupportCode::end).orElse(""),
                "most", Limits.ORDERS_OF_A_TEXT + 1);
    }

    List<Row> page(Search search, Optional<Key> after, int size) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Map<String, Object> parameters = new HashMap<>(Map.of("size", size));
        // A literal: of a parameter PostgreSQL would not know whether the index of open orders has it.
        search.status().ifPresent(status -> conditions.add("status = '" + status.name() + "'"));
        search.provider().ifPresent(provider -> narrow(conditions, parameters, "provider = :provider", "provider", provider.code()));
        search.user().ifPresent(user -> narrow(conditions, parameters, "user_id = :user", "user", user));
        search.from().ifPresent(from -> narrow(conditions, parameters, "created_at >= :from::timestamptz", "from", from.toString()));
        search.until().ifPresent(until -> narrow(conditions, parameters, "created_at < :until::timestamptz", "until", until.toString()));
        if (search.leastFen().isPresent() && search.leastFen().equals(search.mostFen())) {
            // Of one amount the index has the newest first; of a range it has not.
            narrow(conditions, parameters, "minor_units = :fen", "fen", search.leastFen().get());
        } else {
            search.leastFen().ifPresent(fen -> narrow(conditions, parameters, "minor_units >= :leastFen", "leastFen", fen));
            search.mostFen().ifPresent(fen -> narrow(conditions, parameters, "minor_units <= :mostFen", "mostFen", fen));
        }
        if (!search.text().isEmpty()) {
            parameters.putAll(beginning(search.text()));
        }
        after.ifPresent(key -> {
            narrow(conditions, parameters, "(created_at, trade_no) < (:keyAt::timestamptz, :keyNo)", "keyAt", key.createdAt().toString());
            parameters.put("keyNo", key.tradeNo());
        });
        String from = search.text().isEmpty() ? "orders.topup" : "(" + BEGINNING_WITH + ")";
        return jdbc.sql(PAGE.formatted(from, String.join(" and ", conditions)))
                .params(parameters)
                .query((row, _) -> new Row(
                        row.getString("trade_no"),
                        row.getString("user_id"),
                        row.getString("provider"),
                        OrderStatus.valueOf(row.getString("status")),
                        new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency"))).decimal(),
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
}
