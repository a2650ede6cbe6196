package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.row.Columns;

/// The statements that change an order while its code is made; all other moves come from the log, see [OrderRows]. Each move is conditional
/// on [OrderStatus#reachableFrom()], may be asked for twice, keeps the order as it is then in `orders.progress`, and all instances are
/// notified soon after it is committed.
@Component
public class OrderTransitions {
    /// The PostgreSQL channel of orders that moved: their numbers, a space between them.
    public static final String CHANNEL = "sluice_order_moved";

    private final OrderInsertion insertion;
    private final MoveNotifications notifications;
    private final JdbcClient jdbc;

    OrderTransitions(OrderInsertion insertion, MoveNotifications notifications, JdbcClient jdbc) {
        this.notifications = notifications;
        this.insertion = insertion;
        this.jdbc = jdbc;
    }

    /// Inserts a new order, as NEW.
    ///
    /// @throws DuplicateKeyException when the user has used the idempotency key before
    public void insert(TopUpOrder order) {
        insertion.insert(List.of(order), false);
    }

    /// Makes new orders of one user wait for each other until the end of the transaction, so that counting them is exact.
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockUser(String userId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('sluice-orders/' || ?, 0)) is null").param(userId).query()
                .singleRow();
    }

    /// The right to ask the provider for an order's code, with what earlier attempts left.
    ///
    /// @param published whether the order is known to be in the log
    /// @param answer    why the last attempt got no code, empty when there was none
    public record Claim(boolean published, String answer) {}

    /// Makes the caller the only one who asks the provider for this order's code, for a while; empty when another one is. A claim of the
    /// future was made before the clock was set back, and does not count.
    public Optional<Claim> claim(TradeNumber tradeNumber, Instant now, Duration within) {
        return jdbc.sql("""
                update orders.topup set asked_at = :now::timestamptz
                where trade_no = :tradeNo and status = 'NEW' and (asked_at is null or asked_at < :before::timestamptz
                    or asked_at > :beyond::timestamptz)
                returning published, last_answer""")
                .param("tradeNo", tradeNumber.value())
                .param("now", now.toString())
                .param("before", now.minus(within).toString())
                .param("beyond", now.plus(within).toString())
                .query((row, _) -> new Claim(row.getBoolean("published"), row.getString("last_answer")))
                .optional();
    }

    /// Makes the caller the only one who looks after some of the orders that may be missing in the log and whose time ended lately.
    public List<TradeNumber> claimUnpublished(Instant now, Duration within, Duration lately, int most) {
        return jdbc.sql("""
                update orders.topup set asked_at = :now::timestamptz
                where trade_no in (
                    select trade_no from orders.topup
                    where status = 'NEW' and not published and expires_at between :since::timestamptz and :now::timestamptz
                        and (asked_at is null or asked_at < :before::timestamptz or asked_at > :beyond::timestamptz)
                    order by expires_at limit :most for update skip locked)
                returning trade_no""")
                .param("now", now.toString())
                .param("before", now.minus(within).toString())
                .param("beyond", now.plus(within).toString())
                .param("since", now.minus(lately).toString())
                .param("most", most)
                .query((row, _) -> new TradeNumber(row.getString("trade_no")))
                .list();
    }

    /// Releases the claim. `-infinity` and not null: with null the first attempt is still running, and the order counts as unpaid.
    ///
    /// @param left what the attempt leaves for the next one
    public void release(TradeNumber tradeNumber, Claim left) {
        jdbc.sql("""
                update orders.topup set asked_at = '-infinity', published = published or :published, last_answer = :answer
                where trade_no = :tradeNo""")
                .param("published", left.published())
                .param("answer", left.answer())
                .param("tradeNo", tradeNumber.value())
                .update();
    }

    /// The orders are in the log.
    public void publish(List<TradeNumber> numbers) {
        jdbc.sql("update orders.topup set published = true where trade_no = any(:tradeNos)")
                .param("tradeNos", Columns.texts(numbers, TradeNumber::value)).update();
    }

    /// The provider gave what the payer needs to pay the order.
    ///
    /// @return whether the order waits for its payment now
    public boolean awaitPayment(TradeNumber tradeNumber, PayAction action) {
        boolean moved = jdbc.sql("""
                with moved as (
                    update orders.topup set status = 'AWAITING_PAYMENT', version = version + 1, published = true,
                        pay_action = :payAction::jsonb
                    where trade_no = :tradeNo and status = any(:from) returning *)
                insert into orders.progress (trade_no, version, status, late, credited_quota, moved_at)
                select trade_no, version, status, late, credited_quota, now() from moved""")
                .param("payAction", OrderRow.json(action))
                .param("tradeNo", tradeNumber.value())
                .param("from", OrderStatus.AWAITING_PAYMENT.predecessors())
                .update() == 1;
        return notified(tradeNumber, moved);
    }

    /// The provider makes no code for it.
    ///
    /// @return whether the order is closed now
    public boolean close(TradeNumber tradeNumber) {
        boolean moved = jdbc.sql("""
                with moved as (
                    update orders.topup set status = 'CLOSED', version = version + 1
                    where trade_no = :tradeNo and status = any(:from) returning *),
                counted as (
                    insert into orders.figures (day, provider, currency, status, orders, minor_units, quota)
                    select (now() at time zone 'Asia/Shanghai')::date, provider, currency, status, 1, minor_units, 0 from moved
                    on conflict (day, provider, currency, status) do update set orders = figures.orders + 1,
                        minor_units = figures.minor_units + excluded.minor_units)
                insert into orders.progress (trade_no, version, status, late, credited_quota, moved_at)
                select trade_no, version, status, late, credited_quota, now() from moved""")
                .param("tradeNo", tradeNumber.value())
                .param("from", OrderStatus.CLOSED.predecessors())
                .update() == 1;
        return notified(tradeNumber, moved);
    }

    private boolean notified(TradeNumber tradeNumber, boolean moved) {
        if (moved) {
            notifications.add(tradeNumber);
        }
        return moved;
    }
}
