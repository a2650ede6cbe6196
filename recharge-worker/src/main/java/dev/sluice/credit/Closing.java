package dev.sluice.credit;

import java.time.Instant;

import dev.sluice.event.LatePayment;

/// How an order was closed, as the log tells it.
record Closing(LatePayment latePayment, Instant at) {}
