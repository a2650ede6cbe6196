package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// The only statements that change an order. Each is conditional on [OrderStatus#reachableFrom()] and may be asked twice;
/// each keeps the order as it is then in `orders.progress`, and tells all instances that it moved once it is committed.
@Component
public class OrderTransitions {
    /// The PostgreSQL channel on which moved orders are told.
    public static final String CHANNEL = "sluice_order_moved";

    private static final String MOVE = """
            with moved as (
                update orders.topup set %s, status = :status, version = version + 1
                where trade_no = :tradeNo and status = any(:from) and %s returning *),
            kept as (insert into orders.progress select * from moved)
            select pg_notify('""" + CHANNEL + """
            ', trade_no) is null from moved""";

    /// What payments brought the owner of an order.
    private static final String BROUGHT = """
            (select coalesce(sum(c.quota), 0) from orders.credit c where c.trade_no = topup.trade_no and c.user_id = topup.user_id)""";

    private final JdbcAggregateOperations aggregates;
    private final JdbcClient jdbc;

    OrderTransitions(JdbcAggregateOperations aggregates, JdbcClient jdbc) {
        this.aggregates = aggregates;
        this.jdbc = jdbc;
    }

    /// Writes a new order down, as NEW.
    ///
    /// @throws DuplicateKeyException when the user has used the idempotency key before
    @Transactional
    public void insert(TopUpOrder order) {
        aggregates.insert(order);
        jdbc.sql("insert into orders.progress select * from orders.topup where trade_no = ?").param(order.tradeNo()).update();
    }

    /// Writes an order down that is only in the log; nothing happens when it is there. What only this app knew of it is gone.
    @Transactional
    public void restore(OrderCreated created) {
        if (jdbc.sql("select true from orders.topup where trade_no = ?").param(created.tradeNumber().value()).query(Boolean.class)
                .optional().isEmpty()) {
            insert(TopUpOrder.of(created, created.tradeNumber().value(), "", ""));
        }
    }

    /// Makes new orders of one user wait for each other until the end of the transaction, so that counting them is exact.
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockUser(String userId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('sluice-orders ' || ?, 0)) is null").param(userId).query().singleRow();
    }

    /// Makes the caller the only one who asks the provider for this order's code, for a while.
    public boolean claim(TradeNumber tradeNumber, Instant now, Duration within) {
        return jdbc.sql("""
                update orders.topup set asked_at = :now::timestamptz
                where trade_no = :tradeNo and status = 'NEW' and (asked_at is null or asked_at < :before::timestamptz)""")
                .param("tradeNo", tradeNumber.value())
                .param("now", now.toString())
                .param("before", now.minus(within).toString())
                .update() == 1;
    }

    /// Makes the caller the only one who looks after some of the orders whose time is over since lately, and that nobody got a code for.
    public List<TradeNumber> claimUnpublished(Instant now, Duration within, Duration lately, int most) {
        return jdbc.sql("""
                update orders.topup set asked_at = :now::timestamptz
                where trade_no in (
                    select trade_no from orders.topup
                    where status = 'NEW' and expires_at between :since::timestamptz and :now::timestamptz
                        and (asked_at is null or asked_at < :before::timestamptz)
                    order by expires_at limit :most for update skip locked)
                returning trade_no""")
                .param("now", now.toString())
                .param("before", now.minus(within).toString())
                .param("since", now.minus(lately).toString())
                .param("most", most)
                .query((row, _) -> new TradeNumber(row.getString("trade_no")))
                .list();
    }

    /// Lets the next one ask. It was asked for long ago, then, which is not the same as not yet: no code is being made.
    public void release(TradeNumber tradeNumber) {
        jdbc.sql("update orders.topup set asked_at = '-infinity' where trade_no = :tradeNo").param("tradeNo", tradeNumber.value()).update();
    }

    public boolean awaitPayment(TradeNumber tradeNumber, String payUrl) {
        return move("pay_url = :payUrl", OrderStatus.AWAITING_PAYMENT, tradeNumber).param("payUrl", payUrl).query(Boolean.class).optional()
                .isPresent();
    }

    public boolean pay(TradeNumber tradeNumber, TransactionId transactionId, Instant paidAt) {
        return move("transaction_id = :transactionId, paid_at = :paidAt::timestamptz", OrderStatus.PAID, tradeNumber)
                .param("transactionId", transactionId.value())
                .param("paidAt", paidAt.toString())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /// Writes down that a payment became quota of a user, who need not be the order's owner. Told again, nothing changes.
    public void recordCredit(QuotaCredited credited) {
        jdbc.sql("""
                insert into orders.credit (trade_no, transaction_id, user_id, quota) values (:tradeNo, :transactionId, :userId, :quota)
                on conflict (trade_no, transaction_id) do nothing""")
                .param("tradeNo", credited.tradeNumber().value())
                .param("transactionId", credited.transactionId().value())
                .param("userId", credited.userId().value())
                .param("quota", credited.quota().units())
                .update();
    }

    public boolean credit(TradeNumber tradeNumber, TransactionId transactionId, Instant creditedAt, boolean late) {
        // The time of another payment is not this one's.
        return move(
                "paid_at = case when transaction_id = :transactionId then paid_at end, transaction_id = :transactionId, credited_at = :creditedAt::timestamptz, late = :late, credited_quota = "
                        + BROUGHT,
                OrderStatus.CREDITED, tradeNumber)
                .param("transactionId", transactionId.value())
                .param("creditedAt", creditedAt.toString())
                .param("late", late)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /// Shows the owner of a credited order what one more payment brought. The first one that brought the owner anything is the order's.
    /// Nothing changes when it brought nothing, or is told again.
    public boolean addCredit(TradeNumber tradeNumber, TransactionId transactionId, Instant creditedAt, boolean late) {
        return jdbc
                .sql(MOVE.formatted("""
                transaction_id = case when credited_quota = 0 then :transactionId else transaction_id end,
                credited_at = case when credited_quota = 0 then :creditedAt::timestamptz else credited_at end,
                late = case when credited_quota = 0 then :late else late end, credited_quota =\s""" + BROUGHT,
                        "credited_quota <> " + BROUGHT))
                .param("status", OrderStatus.CREDITED.name())
                .param("tradeNo", tradeNumber.value())
                .param("from", new String[]{OrderStatus.CREDITED.name()})
                .param("transactionId", transactionId.value())
                .param("creditedAt", creditedAt.toString())
                .param("late", late)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    public boolean hold(TradeNumber tradeNumber) {
        return move("late = late", OrderStatus.HELD, tradeNumber).query(Boolean.class).optional().isPresent();
    }

    public boolean close(TradeNumber tradeNumber) {
        return move("late = late", OrderStatus.CLOSED, tradeNumber).query(Boolean.class).optional().isPresent();
    }

    private JdbcClient.StatementSpec move(String changes, OrderStatus to, TradeNumber tradeNumber) {
        return jdbc.sql(MOVE.formatted(changes, "true")).param("status", to.name()).param("tradeNo", tradeNumber.value()).param("from",
                to.predecessors());
    }
}
