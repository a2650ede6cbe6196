package dev.sluice.order.doctor;

import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.UserId;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/// What the doctor calls, and what stands in the log of it.
class DoctorCallsTest {
    private static final Doctor.Request REQUEST = new Doctor.Request(new UserId("1000000"), Locale.CHINESE,
            Optional.of(SimulatedPublicAddress.PROBE_KEY));

    @TempDir
    private static Path folder;
    private static HealthyInstallation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = new HealthyInstallation(folder);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    /// The answers would tell an operator what there is in the private network.
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d", "http://localhost:%d", "http://[::1]:%d", "http://0.0.0.0:%d"})
    void callsNothingInThePrivateNetworkUnlessTheEnvironmentAllowsIt(String form) throws Exception {
        try (var inside = new ServerSocket(0, 5)) {
            Settings settings = installation.settings(Map.of("ServerAddress", form.formatted(inside.getLocalPort())));
            try (var doctor = Doctor.of(PaymentChannels.installed(), Clock.systemUTC(), new GatewayHosts(Set.of()))) {
                assertThat(doctor.examine(settings, REQUEST)).filteredOn(row -> row.check().endsWith("_NOTICES"))
                        .extracting(CheckResult::code)
                        .containsExactly("NOTICES_NOT_CALLED", "NOTICES_NOT_CALLED");
            }
            inside.setSoTimeout(200);
            assertThatExceptionOfType(SocketTimeoutException.class).as("nothing was called").isThrownBy(inside::accept);
        }
    }

    @Test
    void eachRunStandsInTheLogWithTheOperatorAndTheAddresses() {
        Logger logger = (Logger) LoggerFactory.getLogger(Doctor.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            installation.doctor().examine(installation.settings(Map.of()), REQUEST);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).filteredOn(line -> line.getMessage().equals("doctor calls")).singleElement()
                .satisfies(line -> assertThat(line.getKeyValuePairs().toString()).contains("actor=\"1000000\"",
                        installation.providers.url(), installation.face.https()));
    }
}
