package dev.sluice.log.verify;

import java.util.ArrayList;
import java.util.List;

/// What was found so far.
final class Findings {
    private final List<Violation> first = new ArrayList<>();
    private long violations;

    void add(Violation.Promise promise, String subject, String place, String what) {
        violations++;
        if (first.size() < Limits.VIOLATIONS_LISTED) {
            first.add(new Violation(promise, subject, place, what));
        }
    }

    long violations() {
        return violations;
    }

    List<Violation> first() {
        return List.copyOf(first);
    }
}
