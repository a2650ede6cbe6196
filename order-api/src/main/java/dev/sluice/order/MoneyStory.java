package dev.sluice.order;

import java.util.List;
import java.util.Locale;

/// Where the money of an order is, in one sentence.
final class MoneyStory {
    private MoneyStory() {}

    static String of(TopUpOrder order, List<TimelineEntry> timeline, Locale locale) {
        String money = order.money().yuan();
        String held = timeline.stream().filter(entry -> entry.kind().equals("PaymentHeld"))
                .map(entry -> entry.data().path("reason").asString())
                .reduce("", (_, last) -> last);
        Message sentence = switch (order.status()) {
            case NEW -> Message.STORY_NEW;
            case AWAITING_PAYMENT -> Message.STORY_AWAITING_PAYMENT;
            case PAID -> Message.STORY_PAID;
            case CREDITED -> order.late() ? Message.STORY_CREDITED_LATE : Message.STORY_CREDITED;
            case HELD -> Message.STORY_HELD;
            case CLOSED -> Message.STORY_CLOSED;
        };
        return switch (sentence) {
            case STORY_CREDITED, STORY_CREDITED_LATE -> sentence.text(locale, money, order.quota(), order.userId());
            case STORY_HELD -> sentence.text(locale, money, held);
            default -> sentence.text(locale, money);
        };
    }
}
