package dev.sluice.edge;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import org.jspecify.annotations.Nullable;

/// The reverse proxies whose `X-Forwarded-For` is accepted. Any caller can write that header; only what one of our own proxies wrote at
/// its end is true. Names are never looked up: a caller must not cause DNS queries of ours.
public final class TrustedProxies {
    /// Trusts no proxy.
    public static final TrustedProxies NONE = new TrustedProxies(List.of());
    /// The environment variable that names them.
    public static final String VARIABLE = "SLUICE_TRUSTED_PROXIES";

    /// The header that [#clientOf(InetSocketAddress, List)] wants all values of.
    public static final String HEADER = "X-Forwarded-For";
    /// The address of a request without a peer: it came from this machine.
    private static final String HERE = "127.0.0.1";

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    /// `192.0.2.1:443` and `[2001:db8::1]:443`; some proxies add the port.
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}|\\[([^]]*)](?::\\d{1,5})?");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final int LONGEST_QUOTE = 60;
    /// One subscriber has at least so much of the IPv6 addresses.
    private static final int SUBSCRIBERS_BYTES = 8;

    private final List<IpSubnetFilterRule> ranges;

    private TrustedProxies(List<IpSubnetFilterRule> ranges) {
        this.ranges = ranges;
    }

    private static IpSubnetFilterRule range(String text) {
        int slash = text.indexOf('/');
        InetAddress start = literal(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> wrong(text));
        int bits = start.getAddress().length * Byte.SIZE;
        String prefix = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
            throw wrong(text);
        }
        var number = new BigInteger(1, start.getAddress());
        if (number.signum() != 0 && number.getLowestSetBit() < bits - Integer.parseInt(prefix)) {
            // 10.1.2.3/8 is more often a slip of the pen than ten million proxies.
            throw wrong(text);
        }
        return new IpSubnetFilterRule(start, Integer.parseInt(prefix), IpFilterRuleType.ACCEPT);
    }

    /// Reads addresses and CIDR ranges, IPv4 and IPv6, separated by commas; an empty text trusts no proxy.
    ///
    /// @throws IllegalArgumentException with one line that names the remedy
    public static TrustedProxies of(String text) {
        return text.isBlank()
                ? NONE
                : new TrustedProxies(Arrays.stream(text.split(",", -1)).map(String::strip).map(TrustedProxies::range).toList());
    }

    private static IllegalArgumentException wrong(String entry) {
        String quoted = entry.length() <= LONGEST_QUOTE ? entry : entry.substring(0, LONGEST_QUOTE) + "…";
        return new IllegalArgumentException(VARIABLE + " is wrong at \"" + quoted + "\": set it to the addresses or ranges of your"
                + " reverse proxies, separated by commas, for example 10.0.0.5,172.16.0.0/12,fd00::/8; or take it away");
    }

    /// The address that a request came from: the peer, or, as long as that is a proxy of ours, the address that the proxy was called from.
    /// The result is always the literal of an address.
    ///
    /// @param peer         the connected peer, if any
    /// @param forwardedFor the values of all [#HEADER] headers, in their order
    public String clientOf(@Nullable InetSocketAddress peer, List<String> forwardedFor) {
        return peer == null || peer.isUnresolved() ? HERE : clientOf(peer.getAddress(), forwardedFor);
    }

    String clientOf(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = plain(peer);
        String[] told = String.join(",", forwardedFor).split(",", -1);
        for (int i = told.length - 1; i >= 0 && trusts(client); i--) {
            Optional<InetAddress> before = literal(withoutPort(told[i].strip()));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client.getHostAddress();
    }

    /// Whether the peer is a reverse proxy of ours.
    public boolean trusts(@Nullable InetSocketAddress peer) {
        return peer == null || peer.isUnresolved() || trusts(plain(peer.getAddress()));
    }

    private boolean trusts(InetAddress address) {
        var peer = new InetSocketAddress(address, 0);
        return ranges.stream().anyMatch(range -> range.matches(peer));
    }

    private static String withoutPort(String entry) {
        var matcher = WITH_PORT.matcher(entry);
        if (!matcher.matches()) {
            return entry;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /// Who counts as one caller when callers are counted: an IPv4 address, or the /64 of an IPv6 one, of which a single customer of an
    /// access provider has all addresses.
    ///
    /// @param address an answer of [#clientOf]
    public static String countedAs(String address) {
        return literal(address)
                .filter(Inet6Address.class::isInstance)
                .map(six -> HexFormat.of().formatHex(six.getAddress(), 0, SUBSCRIBERS_BYTES) + "/64")
                .orElse(address);
    }

    /// The JDK reads more than an address in full: `127.1`, and scopes that it looks up among the interfaces of this machine.
    private static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !(text.contains(":") && IPV6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(plain(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Without a scope, and IPv4 where it is one written as IPv6: the same address is the same whichever way it came.
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("every address has 4 or 16 bytes", e);
        }
    }
}
