package dev.sluice.provider;

import java.time.Instant;
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

    private final DateTimeFormatter format;

    BeijingTime(String pattern) {
        format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
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
