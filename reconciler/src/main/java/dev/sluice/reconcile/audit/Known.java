package dev.sluice.reconcile.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sluice.reconcile.audit.AuditRow.Subject;

/// What the audit had before a record: the events about its order.
final class Known {
    private static final String CREATED = "dev.sluice.OrderCreated.v1";
    private static final String SUCCEEDED = "dev.sluice.RefundSucceeded.v1";

    private static final String FOUND = "dev.sluice.RefundFound.v1";

    private final Set<String> events = new HashSet<>();
    private final Map<String, Subject> orders = new HashMap<>();
    private final Set<String> endedRefunds = new HashSet<>();
    private final Set<String> foundRefunds = new HashSet<>();

    /// Adds an event.
    ///
    /// @param eventId empty when the event has none
    void add(String eventId, String type, Subject subject) {
        if (!eventId.isEmpty()) {
            events.add(eventId);
        }
        if (type.equals(CREATED) && subject.tradeNumber() != null) {
            orders.putIfAbsent(subject.tradeNumber(), subject);
        }
        if (type.equals(FOUND)) {
            foundRefunds.add(subject.tradeNumber() + " " + subject.refundNumber());
        }
        if (type.equals(SUCCEEDED)) {
            endedRefunds.add(subject.tradeNumber() + " " + subject.refundNumber());
        }
    }

    boolean isRepeated(String eventId) {
        return events.contains(eventId);
    }

    /// With what the order knows.
    Subject about(Subject subject) {
        Subject order = order(subject.tradeNumber());
        return order == null ? subject : subject.or(order);
    }

    private @Nullable Subject order(@Nullable String tradeNumber) {
        return tradeNumber == null ? null : orders.get(tradeNumber);
    }

    /// Whether a refund was made in the provider's console.
    boolean wasFound(Subject refund) {
        return foundRefunds.contains(refund.tradeNumber() + " " + refund.refundNumber());
    }

    boolean hasEnded(String tradeNumber, String refundNumber) {
        return endedRefunds.contains(tradeNumber + " " + refundNumber);
    }
}
