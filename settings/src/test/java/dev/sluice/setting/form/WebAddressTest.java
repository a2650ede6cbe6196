package dev.sluice.setting.form;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({"https://pay.example.com,https://pay.example.com", "HTTPS://Pay.Example.COM/Top,https://pay.example.com/Top",
            "http://127.0.0.1:8080/a/b.c_d~e-f/,http://127.0.0.1:8080/a/b.c_d~e-f/", "https://[::1]:8443,https://[::1]:8443",
            "' https://pay.example.com\n',https://pay.example.com", "\uFEFFhttps://pay.example.com\u200B,https://pay.example.com",
            "https://x/,https://x/", "http://1.2.3.4,http://1.2.3.4"})
    void writesSchemeAndHostInLowerCaseAndKeepsThePath(String pasted, String stored) {
        assertThat(WebAddress.of(pasted)).map(WebAddress::toString).contains(stored);
    }

    /// The last ones would be cut into fields of their own where texts are joined and signed.
    @ParameterizedTest
    @ValueSource(strings = {"", "pay.example.com", "//pay.example.com", "https://", "https:///a", "ftp://pay.example.com", "https://x:0",
            "https://x:65536", "https://x:", "https://u:p@x", "https://x#a", "https://x?a", "https://a_b.example", "https://-",
            "https://..",
            "https://ü.example", "https://x/ä", "https://x/%20", "https://x\\y", "https://x/a b", "https://x/a\nb", "https://x/;",
            "https://x/a&b",
            "https://x/a=b", "https://x/<b>", "https://x/\"", "https://x/,", "javascript:alert(1)", "https://[::1", "https://127.1"})
    void refusesEverythingElse(String text) {
        assertThat(WebAddress.of(text)).isEmpty();
    }

    @Test
    void knowsTheMachineThatOpensIt() {
        for (String own : List.of("http://localhost:8080", "http://127.0.0.1", "http://127.8.9.10:1/a", "http://[::1]:80/")) {
            assertThat(WebAddress.of(own).orElseThrow().isLoopback()).as(own).isTrue();
        }
        for (String other : List.of("http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1", "http://[::2]")) {
            assertThat(WebAddress.of(other).orElseThrow().isLoopback()).as(other).isFalse();
        }
    }

    @Test
    void knowsWhetherItIsEncryptedAtTheUsualPort() {
        assertThat(WebAddress.of("https://x").orElseThrow().isPlainHttps()).isTrue();
        assertThat(WebAddress.of("https://x:443/a").orElseThrow().isPlainHttps()).isTrue();
        assertThat(WebAddress.of("https://x:8443").orElseThrow().isPlainHttps()).isFalse();
        assertThat(WebAddress.of("http://x").orElseThrow().isPlainHttps()).isFalse();
        assertThat(WebAddress.of("http://x:443").orElseThrow().isPlainHttps()).isFalse();
    }
}
