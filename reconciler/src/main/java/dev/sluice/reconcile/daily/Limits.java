package dev.sluice.reconcile.daily;

import java.time.Duration;
import java.time.LocalTime;

/// The times and bounds of the daily work, each with its name. Times of the day are in Beijing.
final class Limits {
    static final int TICK_MILLIS = 10_000;
    static final int MEASURE_EVERY_MILLIS = 60_000;
    /// Before it a provider may have no bill of yesterday, or not all of it.
    static final LocalTime READY = LocalTime.of(10, 0);
    /// A day that has no bill by then raises an alert; a day for which Alipay has no bill by then is empty.
    static final LocalTime LATE = LocalTime.of(12, 0);
    static final Duration RETRY = Duration.ofMinutes(30);
    /// After a refusal that asking again does not change.
    static final Duration RETRY_REFUSED = Duration.ofHours(6);
    /// "Nothing happened" counts when the provider repeats it after this time.
    static final Duration EMPTY_CONFIRMED_AFTER = Duration.ofHours(1);
    /// Days before yesterday that are fetched when they are missing. WeChat Pay keeps bills for three months.
    static final int DAYS_BACK = 31;

    private Limits() {}
}
