package dev.sluice.sandbox.alipay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.TimeScale;

/// How long a payer has, as `timeout_express` writes it.
@FunctionalInterface
interface Timeout {
    Duration MIN = Duration.ofMinutes(1);
    Duration MAX = Duration.ofDays(15);
    Pattern FORM = Pattern.compile("[1-9][0-9]{0,4}[mhd]");

    /// When the time is over that begins now.
    Instant endingFrom(Instant now, TimeScale timeScale);

    /// Reads `1m` to `15d`, on the sandbox's scale, or `1c` for today, until midnight in Beijing on any scale; whole numbers only.
    static Optional<Timeout> read(String text) {
        if (text.equals("1c")) {
            return Optional.of((now, _) -> BeijingTime.endOfDay(now));
        }
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        // As ISO 8601 writes it: P15D, but PT2H.
        Duration length = Duration.parse((text.endsWith("d") ? "P" : "PT") + text);
        boolean within = length.compareTo(MIN) >= 0 && length.compareTo(MAX) <= 0;
        return within ? Optional.of((now, timeScale) -> now.plus(timeScale.shorten(length))) : Optional.empty();
    }
}
