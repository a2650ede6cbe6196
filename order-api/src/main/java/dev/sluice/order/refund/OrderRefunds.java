package dev.sluice.order.refund;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.order.refund.OrderRefund.Act;
import dev.sluice.order.refund.OrderRefund.Share;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The refunds, as the log has them.
@Component
public class OrderRefunds {
    private static final String SAVE = """
            with given as (
                select * from unnest(:tradeNos::text[], :refundNos::text[], :providers::text[], :transactionIds::text[], :minorUnits::bigint[],
                    :currencies::text[], :statuses::text[], :codes::text[], :ats::timestamptz[], :userIds::text[], :quotas::bigint[],
                    :funds::text[], :approvals::boolean[], :requesters::text[], :reasons::text[], :requestedAts::timestamptz[],
                    :deciders::text[], :decisionReasons::text[], :decidedAts::timestamptz[])
                    as g (trade_no, refund_no, provider, transaction_id, minor_units, currency, status, code, at, user_id, quota, funds,
                    needs_approval, requester, reason, requested_at, decider, decision_reason, decided_at)),
            saved as (
                insert into orders.refund (trade_no, refund_no, provider, transaction_id, minor_units, currency, status, code, at, user_id,
                    quota, funds, needs_approval, requester, reason, requested_at, decider, decision_reason, decided_at)
                select * from given order by trade_no, refund_no
                on conflict (trade_no, refund_no) do update set status = excluded.status, code = excluded.code, at = excluded.at,
                    user_id = excluded.user_id, quota = excluded.quota, decider = excluded.decider,
                    decision_reason = excluded.decision_reason, decided_at = excluded.decided_at)
            insert into orders.user_quota (user_id, quota)
            select user_id, sum(quota) from unnest(:movedUsers::text[], :movedQuotas::bigint[]) as m (user_id, quota)
            group by user_id order by user_id
            on conflict (user_id) do update set quota = user_quota.quota + excluded.quota""";

    private final JdbcClient jdbc;

    public OrderRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The refunds of orders, ready for the next facts about them.
    public Map<TradeNumber, RefundFold> folds(Set<TradeNumber> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        Map<TradeNumber, List<OrderRefund>> known = jdbc.sql("select * from orders.refund where trade_no = any(:tradeNos)")
                .param("tradeNos", texts(orders, TradeNumber::value))
                .query((row, _) -> refund(row)).list().stream().collect(Collectors.groupingBy(refund -> refund.key().tradeNumber()));
        return orders.stream().collect(Collectors.toMap(Function.identity(),
                order -> new RefundFold(known.getOrDefault(order, List.of()))));
    }

    /// Writes what the facts changed, with one statement: the refunds, and what they took of users' quota or returned.
    public void save(Collection<RefundFold> folds) {
        List<OrderRefund> changed = folds.stream().flatMap(fold -> fold.changed().stream()).toList();
        if (changed.isEmpty()) {
            return;
        }
        List<Share> taken = folds.stream().flatMap(fold -> fold.taken().stream()).toList();
        List<Share> returned = folds.stream().flatMap(fold -> fold.returned().stream()).toList();
        List<Share> moved = Stream.concat(taken.stream(), returned.stream()).toList();
        statement(changed)
                .param("movedUsers", texts(moved, share -> share.userId().value()))
                .param("movedQuotas", Stream.concat(taken.stream().map(share -> -share.quota().units()),
                        returned.stream().map(share -> share.quota().units())).toArray(Long[]::new))
                .update();
    }

    private JdbcClient.StatementSpec statement(List<OrderRefund> changed) {
        return jdbc.sql(SAVE)
                .param("tradeNos", texts(changed, refund -> refund.key().tradeNumber().value()))
                .param("refundNos", texts(changed, refund -> refund.key().refundNumber().value()))
                .param("providers", texts(changed, refund -> refund.payment().provider().code()))
                .param("transactionIds", texts(changed, refund -> refund.payment().transactionId().value()))
                .param("minorUnits", numbers(changed, refund -> refund.money().minorUnits()))
                .param("currencies", texts(changed, refund -> refund.money().currency().getCurrencyCode()))
                .param("statuses", texts(changed, refund -> refund.status().name()))
                .param("codes", texts(changed, refund -> refund.state().code()))
                .param("ats", texts(changed, refund -> refund.state().at().toString()))
                .param("userIds", texts(changed, refund -> refund.share() == null ? null : refund.share().userId().value()))
                .param("quotas", numbers(changed, refund -> refund.share() == null ? null : refund.share().quota().units()))
                .param("funds", texts(changed, refund -> refund.requested() == null ? null : refund.requested().funds().name()))
                .param("approvals",
                        changed.stream().map(OrderRefund::requested).map(request -> request == null ? null : request.needsApproval())
                                .toArray(Boolean[]::new))
                .param("requesters", acts(changed, OrderRefunds::request, act -> act.actor().value()))
                .param("reasons", acts(changed, OrderRefunds::request, Act::reason))
                .param("requestedAts", acts(changed, OrderRefunds::request, act -> act.at().toString()))
                .param("deciders", acts(changed, OrderRefund::decided, act -> act.actor().value()))
                .param("decisionReasons", acts(changed, OrderRefund::decided, Act::reason))
                .param("decidedAts", acts(changed, OrderRefund::decided, act -> act.at().toString()));
    }

    private static @Nullable Act request(OrderRefund refund) {
        return refund.requested() == null ? null : refund.requested().act();
    }

    private static @Nullable String[] acts(List<OrderRefund> refunds, Function<OrderRefund, @Nullable Act> act,
            Function<Act, String> part) {
        return texts(refunds, refund -> {
            Act found = act.apply(refund);
            return found == null ? null : part.apply(found);
        });
    }

    /// Of an order, oldest first.
    List<OrderRefund> of(String tradeNo) {
        return jdbc.sql("select * from orders.refund where trade_no = ? order by coalesce(requested_at, at), refund_no").param(tradeNo)
                .query((row, _) -> refund(row)).list();
    }

    Optional<OrderRefund> find(OrderRefund.Key key) {
        return jdbc.sql("select * from orders.refund where trade_no = :tradeNo and refund_no = :refundNo")
                .param("tradeNo", key.tradeNumber().value())
                .param("refundNo", key.refundNumber().value())
                .query((row, _) -> refund(row)).optional();
    }

    /// Those that wait for an operator, oldest first.
    List<OrderRefund> waiting(int most) {
        return jdbc.sql("""
                select * from orders.refund where status in ('WAITING', 'FOUND', 'AT_PROVIDER')
                order by at, trade_no, refund_no limit ?""").param(most).query((row, _) -> refund(row)).list();
    }

    /// The newest ones, whatever their state.
    List<OrderRefund> newest(int most) {
        return jdbc.sql("select * from orders.refund order by at desc, trade_no, refund_no limit ?").param(most)
                .query((row, _) -> refund(row)).list();
    }

    private static OrderRefund refund(ResultSet row) throws SQLException {
        String userId = row.getString("user_id");
        String funds = row.getString("funds");
        return new OrderRefund(
                new OrderRefund.Key(new TradeNumber(row.getString("trade_no")), new RefundNumber(row.getString("refund_no"))),
                new Payment(new Provider(row.getString("provider")), new TransactionId(row.getString("transaction_id"))),
                new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency"))),
                new OrderRefund.State(RefundStatus.valueOf(row.getString("status")), row.getString("code"), instant(row, "at")),
                userId == null ? null : new Share(new UserId(userId), new Quota(row.getLong("quota"))),
                funds == null
                        ? null
                        : new OrderRefund.Request(Funds.valueOf(funds), row.getBoolean("needs_approval"),
                                new Act(new UserId(row.getString("requester")), row.getString("reason"), instant(row, "requested_at"))),
                row.getString("decider") == null
                        ? null
                        : new Act(new UserId(row.getString("decider")), row.getString("decision_reason"), instant(row, "decided_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
