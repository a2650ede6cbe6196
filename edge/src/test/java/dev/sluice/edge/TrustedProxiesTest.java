package dev.sluice.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedProxiesTest {
    private static final TrustedProxies OURS = TrustedProxies.of("10.0.0.0/8, 192.0.2.7,fd00::/8");

    @Test
    void believesNobodyUnlessTold() {
        for (TrustedProxies nobody : List.of(TrustedProxies.of(""), TrustedProxies.of("  "), TrustedProxies.NONE)) {
            assertThat(client(nobody, "10.0.0.1", "203.0.113.9")).isEqualTo("10.0.0.1");
        }
    }

    @Test
    void believesNoPeerThatIsNotAProxyOfOurs() {
        assertThat(client(OURS, "203.0.113.9", "10.0.0.1")).isEqualTo("203.0.113.9");
        assertThat(client(OURS, "192.0.2.8", "198.51.100.1")).isEqualTo("192.0.2.8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"203.0.113.9|203.0.113.9", "1.2.3.4, 203.0.113.9|203.0.113.9",
            "10.9.9.9, 203.0.113.9|203.0.113.9", "203.0.113.9, 10.0.0.2|203.0.113.9", "203.0.113.9,10.0.0.2 ,  192.0.2.7|203.0.113.9",
            "1.2.3.4,203.0.113.9,10.0.0.2|203.0.113.9", "10.0.0.3,10.0.0.2|10.0.0.3"})
    void takesTheFirstFromTheRightThatIsNotAProxyOfOurs(String told, String client) {
        assertThat(client(OURS, "10.0.0.1", told)).isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(client(OURS, "10.0.0.1", "1.2.3.4", "203.0.113.9, 10.0.0.3", "10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(client(OURS, "10.0.0.1")).as("none at all").isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "_hidden", "localhost", "example.com", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4",
            "0x7f.0.0.1", "127.1", "2130706433", "1.2.3.4:99999999", "1.2.3.4:", "[::1", "[1.2.3.4", "[::1]x", "[]", ":", ":::", "1::2::3",
            "fe80::1%lo", "fe80::1%25", "::ffff:1.2.3.4.5", "12345::", "1.2.3.4 5.6.7.8", "１.2.3.4", "\"1.2.3.4\"", "-1.2.3.4"})
    void whatIsNoAddressEndsTheWalk(String malformed) {
        assertThat(client(OURS, "10.0.0.1", "203.0.113.9," + malformed)).isEqualTo("10.0.0.1");
        assertThat(client(OURS, "10.0.0.1", "203.0.113.9," + malformed + ",10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(client(OURS, "10.0.0.1", malformed + ",203.0.113.9")).as("left of the client nobody looks").isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9:4711,203.0.113.9", "[2001:db8::9]:443,2001:db8:0:0:0:0:0:9", "[2001:db8::9],2001:db8:0:0:0:0:0:9",
            "2001:DB8::9,2001:db8:0:0:0:0:0:9", "::ffff:203.0.113.9,203.0.113.9", "[::ffff:203.0.113.9]:443,203.0.113.9",
            "::ffff:cb00:7109,203.0.113.9", "::1,0:0:0:0:0:0:0:1", "0.0.0.0,0.0.0.0"})
    void readsPortsAndBothFamiliesAndWritesOneLiteral(String told, String client) {
        assertThat(client(OURS, "10.0.0.1", told)).isEqualTo(client);
        assertThat(client(OURS, "fd00::1", told)).isEqualTo(client);
    }

    @Test
    void skipsProxiesOfBothFamilies() {
        assertThat(client(OURS, "fdff:1::1", "203.0.113.9, [fd00::2]:80, ::ffff:10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(client(OURS, "fe00::1", "203.0.113.9")).isEqualTo("fe00:0:0:0:0:0:0:1");
    }

    @Test
    void aPeerWrittenAsIpv6IsTheIpv4PeerThatItIs() throws Exception {
        byte[] mapped = new byte[16];
        System.arraycopy(new byte[]{-1, -1, 10, 0, 0, 1}, 0, mapped, 10, 6);
        InetAddress peer = Inet6Address.getByAddress("peer", mapped, -1);

        assertThat(OURS.clientOf(peer, List.of("203.0.113.9"))).isEqualTo("203.0.113.9");
        assertThat(TrustedProxies.NONE.clientOf(peer, List.of())).isEqualTo("10.0.0.1");
    }

    @Test
    void whoIsConnectedToNobodyIsHere() {
        assertThat(OURS.clientOf((InetSocketAddress) null, List.of("203.0.113.9"))).isEqualTo("127.0.0.1");
        assertThat(OURS.clientOf(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 443), List.of("203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void aPeersScopeIsNotToldOn() throws Exception {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();

        assertThat(TrustedProxies.NONE.clientOf(Inet6Address.getByAddress(null, linkLocal, 1), List.of())).isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.255.255,11.0.0.0", "192.0.2.128/25,192.0.2.255,192.0.2.127", "192.0.2.7/32,192.0.2.7,192.0.2.6",
            "172.16.0.0/12,172.31.255.255,172.32.0.0", "2001:db8::/33,2001:db8:7fff::1,2001:db8:8000::1",
            "2001:db8::1/128,2001:db8::1,2001:db8::2", "0.0.0.0/0,203.0.113.1,2001:db8::1", "::/0,2001:db8::1,203.0.113.1"})
    void aRangeIsWhatItsPrefixSays(String range, String inside, String outside) {
        var proxies = TrustedProxies.of(range);

        assertThat(client(proxies, inside, "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(client(proxies, outside, "198.51.100.1")).isEqualTo(InetAddress.ofLiteral(outside).getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "10.1.2.3/8", "::1/129",
            "::ffff:10.0.0.0/104",
            "10.0.0.1,", ",10.0.0.1", "10.0.0.1 10.0.0.2", "10.0.0/24", "*", "[::1]", "10.0.0.1:80"})
    void saysInOneLineWhatIsWrongAndWhatIsNeeded(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(text))
                .withMessageStartingWith("SLUICE_TRUSTED_PROXIES is wrong at \"").withMessageContaining("172.16.0.0/12")
                .matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void quotesOnlyTheBeginningOfAWrongEntry() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of("x".repeat(5000)))
                .matches(e -> e.getMessage().length() < 300);
    }

    @Test
    void countsAnIpv6CustomerAsOneHoweverManyAddressesItHas() {
        assertThat(TrustedProxies.countedAs("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(TrustedProxies.countedAs("2001:db8:1:2:3:4:5:6")).isEqualTo("20010db800010002/64")
                .isEqualTo(TrustedProxies.countedAs("2001:db8:1:2::"));
        assertThat(TrustedProxies.countedAs("2001:db8:1:3::")).isNotEqualTo(TrustedProxies.countedAs("2001:db8:1:2::"));
    }

    private static String client(TrustedProxies proxies, String peer, String... forwardedFor) {
        return proxies.clientOf(InetAddress.ofLiteral(peer), Arrays.asList(forwardedFor));
    }
}
