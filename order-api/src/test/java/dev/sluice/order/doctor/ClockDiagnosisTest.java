package dev.sluice.order.doctor;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.order.doctor.CheckResult.Severity;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/// The limits of the clock's difference, from both sides: with a clock that stands still, and a provider whose time is given.
class ClockDiagnosisTest {
    /// What a provider says is whole seconds: on average half of one has gone by.
    private static final Instant PROVIDERS = Instant.parse("2026-11-22T08:00:00.500Z");

    @ParameterizedTest
    @CsvSource({"0,OK,CLOCK_RIGHT", "4999,OK,CLOCK_RIGHT", "-4999,OK,CLOCK_RIGHT", "5000,WARNING,CLOCK_ASKEW", "-5000,WARNING,CLOCK_ASKEW",
            "299999,WARNING,CLOCK_ASKEW", "-299999,WARNING,CLOCK_ASKEW", "300000,FAILED,CLOCK_WRONG", "-300000,FAILED,CLOCK_WRONG"})
    void warnsFromFiveSecondsAndFailsFromFiveMinutes(long millisAhead, Severity verdict, String code) {
        var threads = LoopResources.create("provider", 1, true);
        DisposableServer provider = HttpServer.create().host("127.0.0.1").port(0).runOn(threads)
                .handle((_, response) -> response
                        .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(PROVIDERS.atZone(ZoneOffset.UTC))).send())
                .bindNow();
        try {
            Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", "wx0000000000000001", "WechatGatewayUrl",
                    "http://127.0.0.1:" + provider.port())));
            var account = new AccountDiagnosis(PaymentChannels.installed().find("wechat").orElseThrow(), settings);

            var found = account.compareClocks(Clock.fixed(PROVIDERS.plusMillis(millisAhead), ZoneOffset.UTC));

            assertThat(found.verdict()).isEqualTo(verdict);
            assertThat(found.code()).isEqualTo(code);
        } finally {
            provider.disposeNow();
            threads.dispose();
        }
    }
}
