package dev.sluice.notify;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

/// The signed notifications that were appended lately. A sender that has one can send it without end, and the log keeps facts for ever.
@Component
class AppendedNotifications {
    private final Cache<String, Boolean> appended;

    AppendedNotifications(Clock clock) {
        appended = Caffeine.newBuilder().maximumSize(Limits.REMEMBERED).expireAfterWrite(Limits.REPEATED_WITHIN)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis())).build();
    }

    /// Appends what was not appended lately.
    ///
    /// @param identity the same for each repetition
    /// @return whether it was appended now
    boolean appendOnce(String identity, Runnable append) {
        if (appended.getIfPresent(identity) != null) {
            return false;
        }
        append.run();
        appended.put(identity, true);
        return true;
    }
}
