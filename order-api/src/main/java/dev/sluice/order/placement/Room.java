package dev.sluice.order.placement;

/// Whether the log has room for new orders and what follows from them.
interface Room {
    boolean isShort();
}
