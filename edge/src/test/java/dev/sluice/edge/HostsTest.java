package dev.sluice.edge;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostsTest {
    @Test
    void readsOriginsAsBrowsersWriteThem() {
        var hosts = Hosts.of("https://App.Example.com:443, https://shop.example.com:8443,http://localhost:8080,http://[::1]:80");

        assertThat(hosts.origins()).containsExactly("https://app.example.com", "https://shop.example.com:8443", "http://localhost:8080",
                "http://[::1]");
        assertThat(hosts.contain("https://app.example.com")).isTrue();
        for (String other : List.of("http://app.example.com", "https://app.example.com.", "https://app.example.com:8443", "null", "")) {
            assertThat(hosts.contain(other)).as(other).isFalse();
        }
    }

    @Test
    void noHostIsListedUnlessTheOperatorListsIt() {
        assertThat(Hosts.of("").origins()).isEmpty();
        assertThat(Hosts.of(" ").contain("null")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "http://app.example.com", "https://*.example.com", "*", "null", "https://", "https://a.com/",
            "https://a.com/path", "https://a.com?x", "https://a.com#x", "https://user@a.com", "https://a.com:99999", "ftp://a.com",
            "https://a b", "https://支付.example", "https://a.com;script-src *", "https://a.com 'self'"})
    void refusesWhatIsNoOrigin(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> Hosts.of("https://app.example.com," + entry))
                .withMessageStartingWith("SLUICE_HOSTS is wrong at \"" + entry + "\"").matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void refusesAListWithAGap() {
        assertThatIllegalArgumentException().isThrownBy(() -> Hosts.of("https://app.example.com,"));
    }

    @Test
    void theConsoleIsOnThisMachineUnlessTheOperatorListsNames() {
        assertThat(List.of("localhost", "127.0.0.1:8080", "[::1]:8080", "LocalHost")).allMatch(host -> admits("", host));
        assertThat(List.of("pay.example.com", "localhost.example.com", "127.0.0.1.nip.io", "[::1", "localhost:", ":80"))
                .noneMatch(host -> admits("", host));
        assertThat(admits("console.example.com, 10.0.0.5", "Console.Example.com:8443")).isTrue();
        assertThat(admits("console.example.com, 10.0.0.5", "10.0.0.5")).isTrue();
        assertThat(admits("console.example.com", "localhost")).isFalse();
    }

    private static boolean admits(String names, String host) {
        return ConsoleHosts.of(names).admit(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://console.example.com", "console.example.com:8443", "*", "*.example.com", "a b", "a,,b", "-a", "::1"})
    void refusesWhatIsNoHostName(String names) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConsoleHosts.of(names))
                .withMessageStartingWith("SLUICE_CONSOLE_HOSTS is wrong at").matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void aPageOfThisServerIsKnownByItsOrigin() {
        assertThat(OwnOrigin.is("https://pay.example.com", "pay.example.com")).isTrue();
        assertThat(OwnOrigin.is("https://pay.example.com", "Pay.example.com:443")).as("some proxies write the port").isTrue();
        assertThat(OwnOrigin.is("https://pay.example.com:8443", "pay.example.com:8443")).isTrue();
        assertThat(OwnOrigin.is("http://127.0.0.1:8080", "127.0.0.1:8080")).isTrue();
        assertThat(OwnOrigin.is("http://[::1]:8080", "[::1]:8080")).isTrue();
        for (String other : List.of("http://pay.example.com", "https://pay.example.com:8443", "https://evil.example", "null", "",
                "https://pay.example.com.evil.example")) {
            assertThat(OwnOrigin.is(other, "pay.example.com")).as(other).isFalse();
        }
        assertThat(OwnOrigin.is("http://localhost:8080", "127.0.0.1:8080")).as("another origin").isFalse();
        assertThat(OwnOrigin.is(null, "pay.example.com")).isFalse();
        assertThat(OwnOrigin.is("https://", "")).isFalse();
        assertThat(OwnOrigin.is("https://a b", "a b")).isFalse();
    }
}
