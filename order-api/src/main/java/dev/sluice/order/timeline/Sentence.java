package dev.sluice.order.timeline;

import java.util.Locale;

import dev.sluice.text.Texts;

/// The sentences of a summary; their texts are in the message bundles beside it.
enum Sentence {
    NEW,
    AWAITING_PAYMENT,
    PAID,
    CREDITED,
    CREDITED_LATE,
    HELD,
    ORDER,
    PAYMENT_HELD,
    PAYMENT_RELEASING,
    PAYMENT_RELEASED,
    PAYMENT_TO_REFUND,
    PAYMENT_REFUNDED,
    JOIN,
    CANCELLED,
    CLOSED,
    REFUNDING,
    PARTIALLY_REFUNDED,
    REFUNDED,
    UNKNOWN,
    FOREIGN;

    private static final Texts TEXTS = Texts.beside(Sentence.class);

    String text(Locale locale, Object... arguments) {
        return TEXTS.of(locale, name(), arguments);
    }
}
