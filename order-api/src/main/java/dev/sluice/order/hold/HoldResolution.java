package dev.sluice.order.hold;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.RefundTerms;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.setting.LiveSettings;

/// Decides about held money: row, then log, and the answer once the view has read the log that far. Only one decision about a payment gets
/// the row, and the first one in the log counts, so of two operators only one gets a success response. A decision that has the row and is
/// not known to be in the log is appended again by the next request, whatever its key.
@Component
public class HoldResolution {
    private static final Logger LOG = LoggerFactory.getLogger(HoldResolution.class);

    private final Holds holds;
    private final Orders orders;
    private final Supplier<SalesTerms> salesTerms;
    private final LiveSettings settings;
    private final Supplier<RefundTerms> refundTerms;
    private final EventLog eventLog;

    HoldResolution(Holds holds, Orders orders, Supplier<SalesTerms> salesTerms, LiveSettings settings, Supplier<RefundTerms> refundTerms,
            EventLog eventLog) {
        this.holds = holds;
        this.orders = orders;
        this.salesTerms = salesTerms;
        this.settings = settings;
        this.refundTerms = refundTerms;
        this.eventLog = eventLog;
    }

    /// What an operator wants.
    public enum Wish {
        CREDIT, REFUND
    }

    /// What is asked for.
    ///
    /// @param transactionId which payment, or null when there is no choice
    /// @param userId        whose quota is to grow, or null for the order's user
    /// @param quota         by how much, or null for as much of the order's quota as its price was paid. The most is what is left of the payment; the
    ///                      quota is needed when a part of it may be gone, or its currency is not the order's
    /// @param key           the caller's `Idempotency-Key`, or null when the same decision by the same person is the same act
    public record Request(
            String tradeNo,
            Wish wish,
            @Nullable String transactionId,
            @Nullable String userId,
            @Nullable Long quota,
            UserId actor,
            String reason,
            @Nullable String key) {}

    /// What came of it.
    public sealed interface Answer {
        record Resolved(HoldResolved act) implements Answer {}

        record Refused(Refusal refusal) implements Answer {
            static Refused with(AnswerCode message, Object... arguments) {
                return new Refused(Refusal.of(message, arguments));
            }
        }
    }

    /// What waits for a decision, oldest first.
    public List<Offer> open() {
        List<Hold> open = holds.open(Limits.OPEN_HOLDS_SHOWN);
        Map<String, TopUpOrder> all = orders.ofTradeNos(open.stream().map(hold -> hold.tradeNumber().value()).toList()).stream()
                .collect(Collectors.toMap(TopUpOrder::tradeNo, Function.identity()));
        return open.stream().map(hold -> {
            Optional<TopUpOrder> order = Optional.ofNullable(all.get(hold.tradeNumber().value()));
            Optional<BigInteger> most = order.isPresent() || settings.isReady() ? Optional.of(worth(order, hold.left())) : Optional.empty();
            return new Offer(hold, order, most, order.flatMap(_ -> most).flatMap(share -> unasked(hold, share)));
        }).toList();
    }

    public Answer resolve(Request request) {
        List<Hold> all = holds.of(request.tradeNo());
        // A key may have decided about two payments, after a restore: then about the one that is named.
        Optional<Hold> before = all.stream().filter(hold -> isAgain(hold, request))
                .min(Comparator.comparing(hold -> !hold.transactionId().value().equals(request.transactionId())));
        List<Hold> meant = before.map(List::of).orElseGet(() -> meant(request, all));
        if (meant.isEmpty()) {
            return Answer.Refused.with(EdgeCode.NOT_FOUND);
        }
        if (meant.size() > 1) {
            return Answer.Refused.with(OrderCode.HOLD_AMBIGUOUS, meant.size());
        }
        Hold hold = meant.getFirst();
        if (request.transactionId() != null && !request.transactionId().equals(hold.transactionId().value())) {
            return Answer.Refused.with(OrderCode.IDEMPOTENCY_CONFLICT);
        }
        return switch (request.wish()) {
            case CREDIT -> credit(request, hold);
            case REFUND -> request.userId() == null && request.quota() == null
                    ? settle(hold, act(request, hold, new Resolution.Refund()))
                    : Answer.Refused.with(EdgeCode.MALFORMED, "user_id, quota: only with credit");
        };
    }

    /// Whether this is the earlier decision again: by the key, or, without one and without a transaction id, by the same operator for the
    /// same reason. A lost answer must not decide about another payment that came meanwhile.
    private static boolean isAgain(Hold hold, Request request) {
        return hold.decision().filter(act -> request.key() == null
                ? request.transactionId() == null && act.actor().equals(request.actor()) && act.reason().equals(request.reason())
                : act.key().equals(request.key())).isPresent();
    }

    private static List<Hold> meant(Request request, List<Hold> all) {
        if (request.transactionId() != null) {
            return all.stream().filter(hold -> hold.transactionId().value().equals(request.transactionId())).toList();
        }
        List<Hold> open = all.stream().filter(hold -> hold.decision().isEmpty()).toList();
        return open.isEmpty() ? all : open;
    }

    private Answer credit(Request request, Hold hold) {
        Optional<TopUpOrder> order = orders.findByTradeNo(request.tradeNo());
        if (order.isEmpty() && !settings.isReady()) {
            // What the payment buys is unknown while only the file's settings are known.
            return new Answer.Refused(Refusal.outage());
        }
        BigInteger most = worth(order, hold.left());
        Optional<String> userId = Optional.ofNullable(request.userId()).or(() -> order.map(TopUpOrder::userId));
        Optional<Long> quota = Optional.ofNullable(request.quota())
                .or(() -> order.flatMap(_ -> unasked(hold, most)));
        if (userId.isEmpty() || quota.isEmpty()) {
            return Answer.Refused.with(OrderCode.CREDIT_NEEDS_USER_AND_QUOTA);
        }
        if (!UserId.isLegal(userId.get()) || quota.get() < 1 || quota.get() > InputLimits.LARGEST_AMOUNT) {
            return Answer.Refused.with(EdgeCode.MALFORMED,
                    "user_id: 1.." + UserId.MAX_LENGTH + ", quota: 1.." + InputLimits.LARGEST_AMOUNT);
        }
        // What was decided before stays so, whatever the price is now.
        if (hold.decision().isEmpty() && most.compareTo(BigInteger.valueOf(quota.get())) < 0) {
            return Answer.Refused.with(OrderCode.QUOTA_ABOVE_PAYMENT, most);
        }
        if (hold.decision().isEmpty() && orders.creditedQuota(userId.get()) > Long.MAX_VALUE - quota.get()) {
            return Answer.Refused.with(OrderCode.AMOUNT_TOO_LARGE);
        }
        return settle(hold, act(request, hold, new Resolution.Credit(new UserId(userId.get()), new Quota(quota.get()))));
    }

    /// The most that a payment becomes, rounded down: as much of the order's quota as was paid of its price; without an order, what it
    /// buys at today's best price. The rate of another currency is not known: as much as so many minor units of the order's would buy.
    ///
    /// @param left what the merchant has of it
    private BigInteger worth(Optional<TopUpOrder> order, Money left) {
        return order.map(known -> BigInteger.valueOf(known.quota()).multiply(BigInteger.valueOf(left.minorUnits()))
                .divide(BigInteger.valueOf(known.money().minorUnits())))
                .orElseGet(() -> salesTerms.get().priceList().most(new Money(left.minorUnits(), Money.CNY)));
    }

    /// Whether the payment is worth its amount: the currency is the order's, and the merchant has all of it. When a part was refunded,
    /// more may have been since then; and money that another order had before may never have come.
    private static boolean isWhole(Hold hold) {
        return hold.money().currency().equals(Money.CNY) && hold.refunded().minorUnits() == 0 && switch (hold.reason()) {
            case PARTLY_REFUNDED, TRANSACTION_REUSED -> false;
            case AMOUNT_MISMATCH, UNKNOWN_ORDER, DUPLICATE_PAYMENT, PROVIDER_MISMATCH, LATE_PAYMENT, BALANCE_LIMIT -> true;
        };
    }

    /// The quota that can be credited without an operator's amount: at least one unit, and no more than an account can hold.
    private static Optional<Long> unasked(Hold hold, BigInteger share) {
        boolean some = isWhole(hold) && share.signum() > 0 && share.compareTo(BigInteger.valueOf(InputLimits.LARGEST_AMOUNT)) <= 0;
        return some ? Optional.of(share.longValueExact()) : Optional.empty();
    }

    private static HoldResolved act(Request request, Hold hold, Resolution resolution) {
        String same = String.join("\n", hold.provider() + " " + hold.transactionId(), words(resolution), request.actor().toString(),
                request.reason());
        String key = request.key() == null
                ? UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8)).toString()
                : request.key();
        return new HoldResolved(hold.tradeNumber(), hold.provider(), hold.transactionId(), resolution, request.actor(), request.reason(),
                key);
    }

    private Answer settle(Hold hold, HoldResolved act) {
        try {
            if (hold.decision().isEmpty()) {
                holds.claim(act);
            }
        } catch (DuplicateKeyException e) {
            // The same key at the same moment, for another payment of the order.
            return Answer.Refused.with(OrderCode.IDEMPOTENCY_CONFLICT);
        }
        now(hold).flatMap(Hold::decided).filter(claimed -> !claimed.published()).ifPresent(claimed -> append(hold, claimed.decision()));
        return readBack(hold, act);
    }

    /// The payment as it is now.
    private Optional<Hold> now(Hold hold) {
        return holds.of(hold.tradeNumber().value()).stream()
                .filter(each -> each.provider().equals(hold.provider()) && each.transactionId().equals(hold.transactionId())).findFirst();
    }

    private void append(Hold hold, HoldResolved act) {
        eventLog.append(Stream.concat(Stream.of(act), refund(hold, act).stream()).toList());
        LOG.atInfo().addKeyValue("trade_no", act.tradeNumber()).addKeyValue("transaction", act.transactionId())
                .addKeyValue("actor", act.actor()).addKeyValue("resolution", words(act.resolution())).log("operator decided about a hold");
    }

    /// The refund that a decision is about: all that the merchant has of the payment. Its number follows from the decision, so that a
    /// decision that is appended again requests nothing more.
    private Optional<TopUpEvent> refund(Hold hold, HoldResolved act) {
        return act.resolution() instanceof Resolution.Refund && hold.left().minorUnits() > 0
                ? Optional.of(new RefundRequested(act.tradeNumber(), RefundNumber.of(act.tradeNumber(), " hold " + act.key()),
                        new Payment(act.provider(), act.transactionId()), hold.left(), Funds.HELD,
                        refundTerms.get().needsApproval(hold.left()), act.actor(), act.reason()))
                : Optional.empty();
    }

    /// Answers by the decision that counts, once the view has read one in the log. A view that lags, as after a rebuild or a restore, may have
    /// an earlier one still to read.
    private Answer readBack(Hold hold, HoldResolved act) {
        long start = System.nanoTime();
        Optional<Hold> now = now(hold);
        while (now.flatMap(Hold::decided).filter(decided -> !decided.published()).isPresent()
                && System.nanoTime() - start < Limits.DECISION_READ_WITHIN.toNanos()) {
            pause();
            now = now(hold);
        }
        boolean isReleased = act.resolution() instanceof Resolution.Credit;
        if (isReleased && now.isPresent() && now.get().decided().isEmpty()) {
            // The log has a refund before the release: nothing of the payment is left.
            return Answer.Refused.with(OrderCode.QUOTA_ABOVE_PAYMENT, 0);
        }
        return now.flatMap(Hold::decided).filter(Hold.Decided::published).map(decided -> answer(act, decided.decision()))
                .orElseGet(() -> new Answer.Refused(Refusal.outage()));
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a decision is read back", e);
        }
    }

    /// @param decided what counts
    private static Answer answer(HoldResolved act, HoldResolved decided) {
        if (decided.key().equals(act.key())) {
            return decided.equals(act) ? new Answer.Resolved(decided) : Answer.Refused.with(OrderCode.IDEMPOTENCY_CONFLICT);
        }
        return Answer.Refused.with(OrderCode.HOLD_RESOLVED, decided.actor().value(), words(decided.resolution()));
    }

    private static String words(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Credit(var userId, var quota) -> "credit user_id=" + userId + " quota=" + quota;
            case Resolution.Refund() -> "refund";
        };
    }
}
