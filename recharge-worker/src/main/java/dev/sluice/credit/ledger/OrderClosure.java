package dev.sluice.credit.ledger;

import java.time.Instant;

import dev.sluice.event.value.LatePayment;

/// How an order was closed.
record OrderClosure(LatePayment latePayment, Instant at) {}
