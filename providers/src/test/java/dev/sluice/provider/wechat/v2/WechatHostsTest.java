package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.PaymentState;

import static org.assertj.core.api.Assertions.assertThat;

class WechatHostsTest {
    private static final URI MAIN = URI.create("https://main.example");
    private static final URI SPARE = URI.create("https://spare.example");

    private Instant now = Instant.parse("2026-11-22T20:00:00Z");
    private final WechatHosts hosts = new WechatHosts(List.of(MAIN, SPARE), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void asksTheHostThatAnsweredLastForHalfAMinute() {
        assertThat(hosts.inTurn()).containsExactly(MAIN, SPARE);

        hosts.answered(SPARE);
        assertThat(hosts.inTurn()).containsExactly(SPARE, MAIN);
        now = now.plus(Duration.ofSeconds(29));
        assertThat(hosts.inTurn()).containsExactly(SPARE, MAIN);

        now = now.plus(Duration.ofSeconds(1));
        assertThat(hosts.inTurn()).as("one call tries the main host").containsExactly(MAIN, SPARE);
        assertThat(hosts.inTurn()).as("the others stay").containsExactly(SPARE, MAIN);

        hosts.answered(MAIN);
        assertThat(hosts.inTurn()).containsExactly(MAIN, SPARE);
    }

    /// Three calls take the time of one that waits for the main host.
    @Test
    void aMainHostThatHangsIsWaitedForOnce() throws Exception {
        String answer = WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "ORDERNOTEXIST"));
        try (var hanging = new TricklingGateway();
                var spare = new FakeGateway(_ -> answer);
                var connection = WechatTill.speaking(hanging.uri(), spare.uri())) {
            long started = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(connection.query().query(TradeNumber.next()).answer()).isEqualTo(new PaymentState.Absent());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(9));
        }
    }

    /// The connection of settings that were replaced ends.
    @Test
    void aClosedConnectionMakesNoNewCall() {
        try (var gateway = new FakeGateway(_ -> "")) {
            var connection = WechatTill.speaking(gateway.uri());
            connection.close();

            assertThat(connection.query().query(TradeNumber.next()).answer()).isInstanceOfSatisfying(PaymentState.Unknown.class,
                    unknown -> assertThat(unknown.why()).startsWith("no answer"));
        }
    }
}
