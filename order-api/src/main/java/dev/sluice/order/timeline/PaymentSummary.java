package dev.sluice.order.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.hold.Hold;

/// Where the money is: of the order in one sentence, and of each payment that was held in one more.
public final class PaymentSummary {
    private PaymentSummary() {}

    /// The sentences, order first.
    ///
    /// @param order empty when we never issued the number
    public static String of(Optional<TopUpOrder> order, List<TimelineEntry> timeline, List<Hold> holds, Locale locale) {
        List<String> sentences = new ArrayList<>();
        sentences.add(order.map(known -> ofOrder(known, timeline, holds, locale))
                .orElseGet(() -> (holds.isEmpty() ? Sentence.UNKNOWN : Sentence.FOREIGN).text(locale)));
        holds.forEach(hold -> sentences.add(ofHold(hold, timeline, locale)));
        return String.join(Sentence.JOIN.text(locale), sentences);
    }

    private static String ofOrder(TopUpOrder order, List<TimelineEntry> timeline, List<Hold> holds, Locale locale) {
        String money = order.money().decimal();
        return switch (order.status()) {
            case NEW -> Sentence.NEW.text(locale, money);
            case AWAITING_PAYMENT -> Sentence.AWAITING_PAYMENT.text(locale, money);
            case PAID -> Sentence.PAID.text(locale, money);
            case CREDITED -> ofCredited(order, timeline, locale);
            case HELD -> (holds.isEmpty() ? Sentence.HELD : Sentence.ORDER).text(locale, money);
            case CLOSED -> cancelledBy(timeline)
                    .map(actor -> Sentence.CANCELLED.text(locale, money, actor))
                    .orElseGet(() -> Sentence.CLOSED.text(locale, money));
            case REFUNDING -> Sentence.REFUNDING.text(locale, money);
            case PARTIALLY_REFUNDED -> Sentence.PARTIALLY_REFUNDED.text(locale, money, returned(order, timeline).decimal());
            case REFUNDED -> Sentence.REFUNDED.text(locale, money);
        };
    }

    /// What is with the payer again of the order's payment.
    private static Money returned(TopUpOrder order, List<TimelineEntry> timeline) {
        Map<RefundNumber, Money> refunds = new HashMap<>();
        facts(timeline, RefundEvent.class).forEach(event -> {
            switch (event) {
                case RefundSucceeded success -> refunds.put(success.refundNumber(), success.money());
                case RefundFound found when found.payment().transactionId().equals(order.progress().transactionId()) ->
                    refunds.put(found.refundNumber(), found.money());
                case RefundRequested _,RefundApproved _,RefundDeclined _,RefundReserved _,RefundRefused _,RefundFailed _,QuotaTaken _,QuotaReturned _,RefundFound _,FoundRefundResolved _ ->
                    {
                }
            }
        });
        return new Money(refunds.values().stream().mapToLong(Money::minorUnits).sum(), order.money().currency());
    }

    /// By a payment of its own, or by one that an operator released, which is described where the held payments are.
    private static String ofCredited(TopUpOrder order, List<TimelineEntry> timeline, Locale locale) {
        String money = order.money().decimal();
        boolean released = facts(timeline, QuotaCredited.class).anyMatch(QuotaCredited::released);
        Optional<QuotaCredited> own = facts(timeline, QuotaCredited.class).filter(credit -> !credit.released()).findFirst();
        if (own.isEmpty() && released) {
            return Sentence.ORDER.text(locale, money);
        }
        boolean late = own.map(QuotaCredited::late).orElse(order.progress().late());
        return (late ? Sentence.CREDITED_LATE : Sentence.CREDITED).text(locale, money, order.quota(), order.userId());
    }

    private static String ofHold(Hold hold, List<TimelineEntry> timeline, Locale locale) {
        Optional<HoldResolved> known = hold.decided().filter(Hold.Decided::published).map(Hold.Decided::decision);
        if (known.isEmpty()) {
            return Sentence.PAYMENT_HELD.text(locale, hold.transactionId(), hold.money(), hold.reason());
        }
        HoldResolved act = known.get();
        return switch (act.resolution()) {
            case Resolution.Credit(var userId, var quota) -> {
                boolean booked = facts(timeline, QuotaCredited.class)
                        .anyMatch(credit -> credit.released() && credit.transactionId().equals(hold.transactionId()));
                yield (booked ? Sentence.PAYMENT_RELEASED : Sentence.PAYMENT_RELEASING)
                        .text(locale, hold.transactionId(), hold.money(), act.actor().value(), quota.units(), userId.value());
            }
            case Resolution.Refund() -> (isRefunded(hold, timeline) ? Sentence.PAYMENT_REFUNDED : Sentence.PAYMENT_TO_REFUND)
                    .text(locale, hold.transactionId(), hold.money(), act.actor().value());
        };
    }

    private static boolean isRefunded(Hold hold, List<TimelineEntry> timeline) {
        Set<RefundNumber> requested = facts(timeline, RefundRequested.class)
                .filter(request -> request.payment().transactionId().equals(hold.transactionId())).map(RefundRequested::refundNumber)
                .collect(Collectors.toSet());
        return facts(timeline, RefundSucceeded.class).anyMatch(success -> requested.contains(success.refundNumber()));
    }

    /// The closing that was appended first is the one that counts.
    private static Optional<UserId> cancelledBy(List<TimelineEntry> timeline) {
        return facts(timeline, OrderClosed.class).findFirst()
                .filter(closed -> closed.reason() == CloseReason.CANCELLED)
                .flatMap(_ -> facts(timeline, CancelRequested.class).findFirst())
                .map(CancelRequested::actor);
    }

    private static <T extends TopUpEvent> Stream<T> facts(List<TimelineEntry> timeline, Class<T> type) {
        return timeline.stream().flatMap(entry -> switch (entry) {
            case TimelineEntry.OfFact(_, var event) -> type.isInstance(event) ? Stream.of(type.cast(event)) : Stream.empty();
            case TimelineEntry.OfNotification _,TimelineEntry.OfAnswer _ -> Stream.empty();
        });
    }
}
