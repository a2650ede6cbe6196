package dev.sluice.credit;

import dev.sluice.event.TopUpEvent;

/// What became of a payment.
///
/// @param event the fact to tell: a `QuotaCredited` or a `PaymentHeld`
/// @param fresh whether it was decided just now; otherwise it is told once more
record Outcome(TopUpEvent event, boolean fresh) {}
