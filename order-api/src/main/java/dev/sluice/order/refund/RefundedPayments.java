package dev.sluice.order.refund;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.Resolution;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.hold.Hold;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.refund.OrderRefund.Share;

/// The payments of an order that can be refunded: those that became quota, and held ones that were decided to be refunded. The ledger decides; this is what an
/// operator reads before.
@Component
class RefundedPayments {
    private final Orders orders;
    private final Holds holds;
    private final OrderRefunds refunds;
    private final JdbcClient jdbc;

    RefundedPayments(Orders orders, Holds holds, OrderRefunds refunds, JdbcClient jdbc) {
        this.orders = orders;
        this.holds = holds;
        this.refunds = refunds;
        this.jdbc = jdbc;
    }

    /// A payment, and what became of its money.
    ///
    /// @param money    what was paid
    /// @param credited the quota that it brought, or null when it is held
    /// @param returned what the provider had returned of it before it was decided about
    /// @param refunds  its refunds
    record Refundable(Payment payment, Money money, @Nullable Share credited, Money returned, List<OrderRefund> refunds) {
        Funds funds() {
            return credited == null ? Funds.HELD : Funds.CREDITED;
        }

        /// What is with the payer again.
        Money refunded() {
            return sum(refunds.stream().filter(refund -> refund.status().hasReturned()).toList(), returned);
        }

        /// What refunds take that have not ended.
        Money underWay() {
            return money(
                    refunds.stream().filter(refund -> refund.status().isOpen()).mapToLong(refund -> refund.money().minorUnits()).sum());
        }

        /// What can still be refunded.
        Money left() {
            return money(Math.max(0, money.minorUnits() - refunded().minorUnits() - underWay().minorUnits()));
        }

        private Money sum(List<OrderRefund> of, Money before) {
            long ours = of.stream().filter(refund -> refund.requested() != null).mapToLong(refund -> refund.money().minorUnits()).sum();
            long found = of.stream().filter(refund -> refund.requested() == null).mapToLong(refund -> refund.money().minorUnits()).sum();
            return money(ours + Math.max(found, before.minorUnits()));
        }

        private Money money(long minorUnits) {
            return new Money(minorUnits, money.currency());
        }

        /// The quota that its refunds take or took.
        Quota taken() {
            return new Quota(refunds.stream().map(OrderRefund::share).mapToLong(share -> share == null ? 0 : share.quota().units()).sum());
        }

        /// The quota that a refund will take, as the ledger reckons it.
        Quota share(Money refund) {
            if (credited == null) {
                return new Quota(0);
            }
            long taking = refunds.stream().filter(each -> each.status().isOpen() || each.status() == RefundStatus.REFUNDED
                    || each.status() == RefundStatus.AT_PROVIDER || each.status() == RefundStatus.QUOTA_TAKEN)
                    .mapToLong(each -> each.money().minorUnits()).sum();
            long due = BigInteger.valueOf(credited.quota().units()).multiply(BigInteger.valueOf(taking + refund.minorUnits()))
                    .divide(BigInteger.valueOf(money.minorUnits())).min(BigInteger.valueOf(credited.quota().units())).longValueExact();
            return new Quota(Math.max(0, due - taken().units()));
        }
    }

    /// The payments of an order, or of a number that we never issued.
    List<Refundable> of(String tradeNo) {
        List<OrderRefund> all = refunds.of(tradeNo);
        List<Refundable> payments = new ArrayList<>();
        Optional<TopUpOrder> order = orders.findByTradeNo(tradeNo);
        List<Hold> held = holds.of(tradeNo);
        order.filter(found -> found.progress().creditedAt() != null).ifPresent(found -> {
            TransactionId own = found.progress().transactionId();
            if (own != null && held.stream().noneMatch(hold -> hold.transactionId().equals(own))) {
                Money paid = found.progress().paidMoney() == null ? found.money() : found.progress().paidMoney();
                payments.add(refundable(new Payment(found.provider(), own), paid, credited(tradeNo, own), noMoney(paid), all));
            }
        });
        held.forEach(hold -> {
            Share credited = hold.decision().filter(act -> act.resolution() instanceof Resolution.Credit)
                    .map(_ -> credited(tradeNo, hold.transactionId())).orElse(null);
            boolean isToBeRefunded = hold.decision().filter(act -> act.resolution() instanceof Resolution.Refund).isPresent();
            if (credited != null || isToBeRefunded) {
                payments.add(refundable(new Payment(hold.provider(), hold.transactionId()), hold.money(), credited, hold.refunded(), all));
            }
        });
        return payments;
    }

    private static Money noMoney(Money paid) {
        return new Money(0, paid.currency());
    }

    private static Refundable refundable(Payment payment, Money money, @Nullable Share credited, Money returned, List<OrderRefund> all) {
        return new Refundable(payment, money, credited, returned, all.stream().filter(refund -> refund.payment().equals(payment)).toList());
    }

    private @Nullable Share credited(String tradeNo, TransactionId transactionId) {
        return jdbc.sql("select user_id, quota from orders.credit where trade_no = :tradeNo and transaction_id = :transactionId")
                .param("tradeNo", tradeNo)
                .param("transactionId", transactionId.value())
                .query((row, _) -> new Share(new UserId(row.getString("user_id")), new Quota(row.getLong("quota"))))
                .optional().orElse(null);
    }
}
