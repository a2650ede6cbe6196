package dev.sluice.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/// Times as both providers write them: Beijing time, whatever the zone of this JVM.
public enum BeijingTime {
    /// `yyyyMMddHHmmss`, as WeChat Pay writes it.
    COMPACT("uuuuMMddHHmmss"),
    /// `yyyy-MM-dd HH:mm:ss`, as Alipay writes it.
    SPACED("uuuu-MM-dd HH:mm:ss"),
    /// `yyyyMMdd`, as in transaction numbers.
    DAY("uuuuMMdd");

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final DateTimeFormatter formatter;

    BeijingTime(String pattern) {
        formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /// Writes a point in time.
    public String write(Instant instant) {
        return formatter.format(instant.atZone(BEIJING));
    }

    /// Reads a point in time; empty if the text is not exactly of this form or no such time exists.
    public Optional<Instant> read(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, formatter).atZone(BEIJING).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /// The first moment of the next day in Beijing.
    public static Instant endOfDay(Instant instant) {
        return instant.atZone(BEIJING).toLocalDate().plusDays(1).atStartOfDay(BEIJING).toInstant();
    }
}
