package dev.sluice.credit;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TopUpEvent;

/// What became of a payment.
///
/// @param payment as it was told, the first time in its batch
/// @param event   the fact to tell: a `QuotaCredited` or a `PaymentHeld`
/// @param fresh   whether it was decided just now; otherwise it is told once more
record Outcome(PaymentConfirmed payment, TopUpEvent event, boolean fresh) {}
