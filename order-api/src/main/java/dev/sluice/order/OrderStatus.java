package dev.sluice.order;

import java.util.Arrays;
import java.util.Set;

/// The state of an order. [#reachableFrom()] is the only table of moves.
public enum OrderStatus {
    /// Placed; the payer has no code yet.
    NEW,
    /// The payer has the code.
    AWAITING_PAYMENT,
    /// The provider confirmed money for it.
    PAID,
    /// The quota is booked.
    CREDITED,
    /// Money arrived that does not match the order; an operator has to decide.
    HELD,
    /// Ended without money, as far as known.
    CLOSED,
    /// A refund of its payment is under way, or waits for approval.
    REFUNDING,
    /// A part of its payment is with the payer again.
    PARTIALLY_REFUNDED,
    /// All of its payment is with the payer again.
    REFUNDED;

    /// The states from which an order gets here. Late money still counts, so a closed order can be paid; and a right payment can follow a
    /// held one. When a refund comes to nothing, the order is what it was before; when the payment that was refunded was a held one, the
    /// right one can still follow.
    Set<OrderStatus> reachableFrom() {
        return switch (this) {
            case NEW -> Set.of();
            case AWAITING_PAYMENT -> Set.of(NEW);
            case PAID -> Set.of(NEW, AWAITING_PAYMENT, CLOSED);
            case CREDITED -> Set.of(PAID, HELD, REFUNDING, PARTIALLY_REFUNDED, REFUNDED);
            case HELD -> Set.of(PAID, REFUNDING);
            case CLOSED -> Set.of(NEW, AWAITING_PAYMENT);
            case REFUNDING -> Set.of(CREDITED, HELD, PARTIALLY_REFUNDED);
            case PARTIALLY_REFUNDED -> Set.of(CREDITED, HELD, REFUNDING);
            case REFUNDED -> Set.of(CREDITED, HELD, REFUNDING, PARTIALLY_REFUNDED);
        };
    }

    /// Whether the next step is the payment.
    public boolean awaitsMoney() {
        return this == NEW || this == AWAITING_PAYMENT;
    }

    /// Whether a refund of its payment was begun.
    public boolean isRefund() {
        return this == REFUNDING || this == PARTIALLY_REFUNDED || this == REFUNDED;
    }

    /// Whether money may still make it [#PAID].
    public boolean mayBePaid() {
        return PAID.reachableFrom().contains(this);
    }

    /// The names of [#reachableFrom()], as SQL needs them.
    String[] predecessors() {
        return reachableFrom().stream().map(Enum::name).toArray(String[]::new);
    }

    /// The table as a Mermaid diagram, in the order of declaration, for the documentation.
    static String diagram() {
        var lines = new StringBuilder("stateDiagram-v2\n    [*] --> NEW\n");
        for (OrderStatus to : values()) {
            Arrays.stream(values()).filter(to.reachableFrom()::contains)
                    .forEach(from -> lines.append("    ").append(from).append(" --> ").append(to).append('\n'));
        }
        return lines.toString();
    }
}
