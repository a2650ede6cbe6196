package dev.sluice.setting.form;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayHostsTest {
    @Test
    void readsHostsSeparatedByCommas() {
        GatewayHosts hosts = GatewayHosts.of(" 127.0.0.1, Sandbox.Example,,[::1] ").orElseThrow();

        assertThat(hosts.hosts()).containsExactlyInAnyOrder("127.0.0.1", "sandbox.example", "[::1]");
        assertThat(hosts.contains("SANDBOX.example")).isTrue();
        assertThat(hosts.contains("example")).as("no part of a name").isFalse();
        assertThat(hosts.contains("a.sandbox.example")).as("no name below").isFalse();
    }

    @Test
    void allowsNothingWhenItIsBlank() {
        assertThat(GatewayHosts.of("").orElseThrow().hosts()).isEmpty();
        assertThat(GatewayHosts.of(" , ").orElseThrow().contains("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sandbox.example", "sandbox.example:8090", "*.example", "a b", "sandbox.example/"})
    void refusesWhatIsNoHost(String list) {
        assertThat(GatewayHosts.of("127.0.0.1," + list)).isEmpty();
    }
}
