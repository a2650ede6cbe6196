package dev.sluice.credit.ledger;

import java.time.Instant;

import dev.sluice.event.value.LatePayment;

/// How an order was closed, by the log.
record OrderClosure(LatePayment latePayment, Instant at) {}
