package dev.sluice.order.operator;

import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.hold.Hold;
import dev.sluice.order.hold.Offer;

/// A payment that waits for a decision.
///
/// @param money what was paid
/// @param order what it was paid for; `null` when the order was never issued
/// @param quota that `credit` gives when it names none; `null` when one has to be named
/// @param most  quota that `credit` may give; `null` while it is not known
record OpenHold(TradeNumber orderId, String paymentMethod, TransactionId transactionId, String money, String refunded, String currency,
        HoldReason reason, Instant heldAt, @Nullable HeldOrder order, @Nullable Long quota, @Nullable Long most) {
    /// The order of a held payment.
    ///
    /// @param money yuan that were due
    /// @param quota that was ordered
    record HeldOrder(String userId, String money, long quota) {
        static HeldOrder of(TopUpOrder order) {
            return new HeldOrder(order.userId(), order.money().decimal(), order.quota());
        }
    }

    static OpenHold of(Offer offer) {
        Hold hold = offer.hold();
        return new OpenHold(hold.tradeNumber(), hold.provider().code(), hold.transactionId(), hold.money().decimal(),
                hold.refunded().decimal(), hold.money().currency().getCurrencyCode(), hold.reason(), hold.heldAt(),
                offer.order().map(HeldOrder::of).orElse(null), offer.quota().orElse(null), offer.most().map(OpenHold::named).orElse(null));
    }

    /// As much as a request may name.
    private static long named(BigInteger most) {
        return most.min(BigInteger.valueOf(InputLimits.LARGEST_AMOUNT)).longValueExact();
    }
}
