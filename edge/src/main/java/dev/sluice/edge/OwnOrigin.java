package dev.sluice.edge;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Whether a page of this server sent a request, by the header `Origin`, which scripts cannot write. TLS ends in front of this server, so
/// the scheme is taken from the header: https, or http on this machine, where no network is between.
public final class OwnOrigin {
    private static final Pattern IMPLIED_PORT = Pattern.compile(":443$");

    private OwnOrigin() {}

    /// Whether both headers name the same place.
    ///
    /// @param origin the header `Origin`
    /// @param host   the header `Host`
    public static boolean is(@Nullable String origin, @Nullable String host) {
        String name = HostName.of(host);
        if (origin == null || host == null || name.isEmpty()) {
            return false;
        }
        String authority = host.toLowerCase(Locale.ROOT);
        return origin.equals("https://" + IMPLIED_PORT.matcher(authority).replaceFirst(""))
                || (HostName.isLoopback(name) && origin.equals("http://" + authority));
    }
}
