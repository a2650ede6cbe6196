package dev.sluice.order.hold;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Resolution;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// The held payments, and what is decided about them.
@Component
public class Holds {
    private final JdbcClient jdbc;

    public Holds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A payment is held. Told again, nothing changes.
    public void hold(PaymentHeld held, Instant at) {
        jdbc.sql("""
                insert into orders.hold (provider, transaction_id, trade_no, fen, currency, reason, held_at)
                values (:provider, :transactionId, :tradeNo, :fen, :currency, :reason, :at::timestamptz)
                on conflict (provider, transaction_id) do nothing""")
                .param("provider", held.provider().code())
                .param("transactionId", held.transactionId().value())
                .param("tradeNo", held.tradeNumber().value())
                .param("fen", held.money().minorUnits())
                .param("currency", held.money().currency().getCurrencyCode())
                .param("reason", held.reason().name())
                .param("at", at.toString())
                .update();
    }

    /// The log says what was decided. What it says first counts, also over what somebody here has only claimed.
    public void resolve(HoldResolved act) {
        decide("not told", act, true);
    }

    /// Makes this the decision about a payment that nobody has decided about.
    ///
    /// @return whether it is
    /// @throws DuplicateKeyException when the key has decided about another payment of the order
    public boolean claim(HoldResolved act) {
        return decide("key is null", act, false);
    }

    private boolean decide(String when, HoldResolved act, boolean told) {
        Optional<Resolution.Credit> credit = act.resolution() instanceof Resolution.Credit some ? Optional.of(some) : Optional.empty();
        return jdbc.sql("""
                update orders.hold set key = :key, user_id = :userId, quota = :quota, actor = :actor, why = :why, told = :told
                where provider = :provider and transaction_id = :transactionId and trade_no = :tradeNo and\s""" + when)
                .param("key", act.key())
                .param("userId", credit.map(each -> each.userId().value()).orElse(null))
                .param("quota", credit.map(each -> each.quota().units()).orElse(null))
                .param("actor", act.actor().value())
                .param("why", act.reason())
                .param("told", told)
                .param("provider", act.provider().code())
                .param("transactionId", act.transactionId().value())
                .param("tradeNo", act.tradeNumber().value())
                .update() == 1;
    }

    /// Those that nobody has decided about, oldest first.
    List<Hold> open(int most) {
        return jdbc.sql("select * from orders.hold where not told order by held_at, provider, transaction_id limit ?").param(most)
                .query((row, _) -> hold(row)).list();
    }

    /// Of an order, oldest first.
    public List<Hold> of(String tradeNo) {
        return jdbc.sql("select * from orders.hold where trade_no = ? order by held_at, provider, transaction_id").param(tradeNo)
                .query((row, _) -> hold(row)).list();
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                new TradeNumber(row.getString("trade_no")),
                new Provider(row.getString("provider")),
                new TransactionId(row.getString("transaction_id")),
                new Money(row.getLong("fen"), Currency.getInstance(row.getString("currency"))),
                HoldReason.valueOf(row.getString("reason")),
                row.getTimestamp("held_at").toInstant(),
                Optional.ofNullable(decision(row)),
                row.getBoolean("told"));
    }

    private static @Nullable HoldResolved decision(ResultSet row) throws SQLException {
        String key = row.getString("key");
        return key == null
                ? null
                : new HoldResolved(
                        new TradeNumber(row.getString("trade_no")),
                        new Provider(row.getString("provider")),
                        new TransactionId(row.getString("transaction_id")),
                        resolution(row),
                        new UserId(row.getString("actor")),
                        row.getString("why"),
                        key);
    }

    private static Resolution resolution(ResultSet row) throws SQLException {
        String userId = row.getString("user_id");
        return userId == null ? new Resolution.Refund() : new Resolution.Credit(new UserId(userId), new Quota(row.getLong("quota")));
    }
}
