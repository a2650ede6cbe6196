package dev.sluice.event.value;

/// What becomes of money that arrives after its order was closed.
public enum LatePayment {
    /// It becomes quota, marked late.
    CREDIT,
    /// It is held until an operator decides.
    HOLD
}
