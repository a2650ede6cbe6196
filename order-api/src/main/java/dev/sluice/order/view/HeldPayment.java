package dev.sluice.order.view;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.HoldReason;
import dev.sluice.event.Resolution;
import dev.sluice.order.hold.Hold;
import dev.sluice.text.Texts;

/// A payment of an order that was held, as the order's owner sees it.
///
/// @param money    what was paid
/// @param currency of it
/// @param refunded what of it is with the payer again, as far as the log has it
/// @param reason   why it was held
/// @param text     the same as the payer reads it, in the payer's language
/// @param decision what an operator has decided; `null` before
record HeldPayment(String money, String currency, String refunded, HoldReason reason, String text, Instant heldAt,
        @Nullable Decision decision) {
    private static final Texts TEXTS = Texts.beside(HeldPayment.class);

    /// What an operator has decided about a held payment.
    enum Decision {
        /// It becomes quota.
        CREDIT,
        /// It is returned to the payer.
        REFUND
    }

    static HeldPayment of(Hold hold, Locale locale) {
        return new HeldPayment(hold.money().decimal(), hold.money().currency().getCurrencyCode(), hold.refunded().decimal(), hold.reason(),
                TEXTS.of(locale, hold.reason().name()), hold.heldAt(),
                hold.decided().filter(Hold.Decided::published).map(decided -> switch (decided.decision().resolution()) {
                    case Resolution.Credit _ -> Decision.CREDIT;
                    case Resolution.Refund _ -> Decision.REFUND;
                }).orElse(null));
    }
}
