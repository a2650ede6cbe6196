package dev.sluice.setting.form;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address of http or https: scheme, host, port and a plain path. Nothing in it can be taken for another field where texts are joined
/// and signed.
///
/// @param scheme `http` or `https`
/// @param host   in lower case
/// @param port   -1 for the scheme's own
public record WebAddress(String scheme, String host, int port, String path) {
    private static final Pattern FORM = Pattern
            .compile("(?i)(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final int LARGEST_PORT = 65_535;

    /// Reads an address; nothing for any other text.
    public static Optional<WebAddress> of(String text) {
        Matcher parts = FORM.matcher(PastedText.stripped(text));
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
        var address = new WebAddress(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2).toLowerCase(Locale.ROOT), port,
                parts.group(4) == null ? "" : parts.group(4));
        return port != 0 && port <= LARGEST_PORT && address.hasHost() ? Optional.of(address) : Optional.empty();
    }

    /// Whether the host is one to the JDK, which connects to it.
    private boolean hasHost() {
        try {
            return URI.create(toString()).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether it is encrypted, at the port of its scheme.
    public boolean isPlainHttps() {
        return scheme.equals("https") && (port == -1 || port == 443);
    }

    /// Whether it names the machine that opens it.
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /// As it is stored: scheme and host in lower case.
    @Override
    public String toString() {
        return scheme + "://" + host + (port == -1 ? "" : ":" + port) + path;
    }
}
