package dev.sluice.order;

import java.util.Arrays;
import java.util.Set;

/// Where an order stands. [#reachableFrom()] is the only table of moves.
public enum OrderStatus {
    /// Placed; nobody has a code for it yet.
    NEW,
    /// The code is out.
    AWAITING_PAYMENT,
    /// The provider confirmed money for it.
    PAID,
    /// The quota is there.
    CREDITED,
    /// Money came that does not fit; a person has to look.
    HELD,
    /// Ended without money, as far as anybody knows.
    CLOSED;

    /// From where an order gets here. Money that arrives late is money, so a closed order can still be paid; and after a
    /// payment that was held, a right one can come.
    Set<OrderStatus> reachableFrom() {
        return switch (this) {
            case NEW -> Set.of();
            case AWAITING_PAYMENT -> Set.of(NEW);
            case PAID -> Set.of(NEW, AWAITING_PAYMENT, CLOSED);
            case CREDITED -> Set.of(PAID, HELD);
            case HELD -> Set.of(PAID);
            case CLOSED -> Set.of(NEW, AWAITING_PAYMENT);
        };
    }

    /// Whether the next thing to happen is that somebody pays.
    public boolean awaitsMoney() {
        return this == NEW || this == AWAITING_PAYMENT;
    }

    /// The names of [#reachableFrom()], as SQL wants them.
    String[] predecessors() {
        return reachableFrom().stream().map(Enum::name).toArray(String[]::new);
    }

    /// The table as a Mermaid diagram, in the order of declaration: what the documentation shows.
    static String diagram() {
        var lines = new StringBuilder("stateDiagram-v2\n    [*] --> NEW\n");
        for (OrderStatus to : values()) {
            Arrays.stream(values()).filter(to.reachableFrom()::contains)
                    .forEach(from -> lines.append("    ").append(from).append(" --> ").append(to).append('\n'));
        }
        return lines.toString();
    }
}
