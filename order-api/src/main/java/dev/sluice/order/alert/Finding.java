package dev.sluice.order.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.sluice.text.Language;
import dev.sluice.text.LocalText;

/// An alert that fires.
///
/// @param since  since when, if that is known
/// @param values what its sentence is about
record Finding(Alert alert, @Nullable Instant since, List<Object> values) {
    static Finding of(Alert alert, @Nullable Instant since, Object... values) {
        return new Finding(alert, since, List.of(values));
    }

    /// A duration as operators read it.
    static LocalText lasting(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return locale -> unit(locale, seconds, "秒", "s");
        }
        if (seconds < 7_200) {
            return locale -> unit(locale, seconds / 60, "分钟", "min");
        }
        return seconds < 172_800
                ? locale -> unit(locale, seconds / 3_600, "小时", "h")
                : locale -> unit(locale, seconds / 86_400, "天", "d");
    }

    private static String unit(Locale locale, long count, String chinese, String english) {
        return count + " " + Language.of(locale).either(chinese, english);
    }

    /// A size as operators read it.
    static String size(long bytes) {
        double mebibytes = (double) bytes / (1024 * 1024);
        return mebibytes < 1024 ? "%.0f MiB".formatted(mebibytes) : "%.1f GiB".formatted(mebibytes / 1024);
    }
}
