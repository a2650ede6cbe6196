package dev.sluice.edge;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The hosts whose pages embed Sluice: their origins, as browsers send them. A page of another origin may neither read answers, nor frame
/// the pages, nor hand a session over.
public final class Hosts {
    /// No host.
    public static final Hosts NONE = new Hosts(List.of());
    /// The environment variable that lists them.
    public static final String VARIABLE = "SLUICE_HOSTS";

    private static final int LONGEST_QUOTE = 80;
    private static final int LARGEST_PORT = 65_535;
    private static final Set<String> DEFAULT_PORTS = Set.of("https:443", "http:80");

    private final List<String> origins;

    private Hosts(List<String> origins) {
        this.origins = origins;
    }

    /// Reads origins, separated by commas; an empty text lists no host.
    ///
    /// @throws IllegalArgumentException with one line that names the remedy
    public static Hosts of(String text) {
        return text.isBlank()
                ? NONE
                : new Hosts(Arrays.stream(text.split(",", -1)).map(String::strip).map(Hosts::origin).distinct().toList());
    }

    /// The origins, in the order of the list.
    public List<String> origins() {
        return origins;
    }

    /// Whether a header `Origin` names one of them.
    public boolean contain(String origin) {
        return origins.contains(origin);
    }

    /// As a browser writes it: in lower case, without the port that the scheme implies.
    private static String origin(String entry) {
        URI address = address(entry);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean protectedOnItsWay = scheme.equals("https") || (scheme.equals("http") && HostName.isLoopback(host));
        boolean more = address.getRawUserInfo() != null || !address.getRawPath().isEmpty() || address.getRawQuery() != null
                || address.getRawFragment() != null;
        if (address.getHost() == null || !protectedOnItsWay || more || address.getPort() > LARGEST_PORT) {
            throw wrong(entry);
        }
        boolean implied = address.getPort() < 0 || DEFAULT_PORTS.contains(scheme + ":" + address.getPort());
        return scheme + "://" + host + (implied ? "" : ":" + address.getPort());
    }

    private static URI address(String entry) {
        try {
            return URI.create(entry).parseServerAuthority();
        } catch (IllegalArgumentException | java.net.URISyntaxException e) {
            throw wrong(entry);
        }
    }

    private static IllegalArgumentException wrong(String entry) {
        String quoted = entry.length() <= LONGEST_QUOTE ? entry : entry.substring(0, LONGEST_QUOTE) + "…";
        return new IllegalArgumentException(VARIABLE + " is wrong at \"" + quoted + "\": set it to the origins of the pages that embed"
                + " Sluice, separated by commas, for example https://app.example.com,https://shop.example.com:8443 (http only on this"
                + " machine); or take it away");
    }
}
