package dev.sluice.provider.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/// Times on the wire: always Beijing time, whatever zone this JVM is in.
public enum BeijingTime {
    /// `20261122160000`, WeChat Pay.
    COMPACT("uuuuMMddHHmmss"),
    /// `2026-11-22 16:00:00`, Alipay.
    SPACED("uuuu-MM-dd HH:mm:ss");

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    /// A day of the calendar in Beijing.
    ///
    /// @param end not included
    public record Day(Instant start, Instant end) {}

    private final DateTimeFormatter format;

    BeijingTime(String pattern) {
        format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /// The date in Beijing.
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, BEIJING);
    }

    /// The current day in Beijing.
    public static Day dayOf(Instant instant) {
        return dayOf(dateOf(instant));
    }

    /// That day.
    public static Day dayOf(LocalDate date) {
        return new Day(date.atStartOfDay(BEIJING).toInstant(), date.plusDays(1).atStartOfDay(BEIJING).toInstant());
    }

    /// To the second; fractions are cut off.
    public String write(Instant instant) {
        return format.format(instant.atZone(BEIJING));
    }

    /// Reads what [#write] writes.
    ///
    /// @throws java.time.DateTimeException when `text` is not such a time
    public Instant read(String text) {
        return LocalDateTime.parse(text, format).atZone(BEIJING).toInstant();
    }
}
