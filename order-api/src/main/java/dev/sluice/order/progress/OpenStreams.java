package dev.sluice.order.progress;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many streams are open, in all and for each user.
final class OpenStreams {
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<String, Integer> perUser = new ConcurrentHashMap<>();

    boolean haveRoom(String userId) {
        return all.get() < Limits.STREAMS && perUser.getOrDefault(userId, 0) < Limits.STREAMS_PER_USER;
    }

    boolean enter(String userId) {
        all.incrementAndGet();
        perUser.merge(userId, 1, Integer::sum);
        return true;
    }

    void leave(String userId) {
        all.decrementAndGet();
        perUser.computeIfPresent(userId, (_, count) -> count == 1 ? null : count - 1);
    }
}
