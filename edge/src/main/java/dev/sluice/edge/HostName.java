package dev.sluice.edge;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// The name by which a caller reached this server: the header `Host` without its port, in lower case. Any caller can write the header; in
/// a browser it is the name in the address bar.
public final class HostName {
    /// The names of this machine for itself: no name server decides about them.
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[a-z0-9_.-]{1,253})(?::\\d{1,5})?");

    private HostName() {}

    /// Empty when the header is missing or malformed.
    ///
    /// @param host the header
    public static String of(@Nullable String host) {
        Matcher authority = AUTHORITY.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
        return authority.matches() ? authority.group(1) : "";
    }

    /// Whether a name, in lower case, is this machine for itself.
    public static boolean isLoopback(String name) {
        return LOOPBACK.contains(name);
    }
}
