package dev.sluice.edge.answer;

import java.util.Set;

/// The exceptions of an app that mean that a part it needs is away: the caller is asked to try again. An
/// app with such a bean answers its callers in the envelope of [Refused].
public record Outages(Set<Class<? extends Exception>> types) {
    public Outages {
        types = Set.copyOf(types);
    }

    boolean include(Exception e) {
        return types.stream().anyMatch(type -> type.isInstance(e));
    }
}
