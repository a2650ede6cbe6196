package dev.sluice.standalone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTest {
    private static final String SECRET = "a-secret-of-at-least-thirty-two-characters";

    @Test
    void theDemoNeedsNothing() {
        Options options = Options.of(List.of("--demo"), Map.of());

        assertThat(options.address()).as("this machine only").isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
        assertThat(options.management()).as("this machine only").isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9090));
        assertThat(options.data()).isAbsolute().hasFileName("data");
        assertThat(options.kafka()).isEmpty();
    }

    @Test
    void saysInOneLineEachWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of(), Map.of()))
                .withMessageContaining("SLUICE_JWT_SECRET is missing")
                .matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void takesTheEnvironmentOfTheDesign(@TempDir Path folder) throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.json"), "{}");
        var options = Options.of(List.of(),
                Map.of("SLUICE_ADDRESS", "0.0.0.0", "SLUICE_PORT", "9000", "SLUICE_DATA", folder.toString(), "SLUICE_KAFKA", "kafka:9092",
                        "SLUICE_POSTGRES",
                        "jdbc:postgresql://postgres/sluice", "SLUICE_JWT_SECRET", SECRET, "SLUICE_SETTINGS", settings.toString(),
                        "SLUICE_MANAGEMENT_PORT", "9999", "SLUICE_MANAGEMENT_ADDRESS", "0.0.0.0"));

        assertThat(options.address()).isEqualTo(new InetSocketAddress("0.0.0.0", 9000));
        assertThat(options.management()).isEqualTo(new InetSocketAddress("0.0.0.0", 9999));
        assertThat(options.kafka()).contains("kafka:9092");
        assertThat(options.postgres()).contains("jdbc:postgresql://postgres/sluice");
        assertThat(options.toString()).doesNotContain(SECRET);
    }

    @Test
    void refusesWhatCannotBeRight(@TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"Price\": \"free\"}");
        refuses(List.of("--dmeo"), Map.of(), "unknown argument --dmeo");
        refuses(List.of("--demo"), Map.of("SLUICE_PORT", "99999"), "SLUICE_PORT must be");
        refuses(List.of("--demo"), Map.of("SLUICE_DISK_RESERVE", "5%"), "SLUICE_DISK_RESERVE must be a size");
        refuses(List.of("--demo"), Map.of("SLUICE_ADDRESS", "pay.example.com"), "SLUICE_ADDRESS must be an address");
        refuses(List.of("--demo"), Map.of("SLUICE_ADDRESS", "0.0.0.0"), "take SLUICE_ADDRESS or --demo away");
        refuses(List.of("--demo"), Map.of("SLUICE_SETTINGS", bad.toString()), "--demo brings its own settings");
        refuses(List.of("--demo"), Map.of("SLUICE_POSTGRES", "postgres://x"), "SLUICE_POSTGRES must be the JDBC URL");
        refuses(List.of(), Map.of("SLUICE_JWT_SECRET", "short", "SLUICE_SETTINGS", bad.toString()), "SLUICE_JWT_SECRET is too short");
        refuses(List.of(), Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_SETTINGS", bad.toString()), "Price must be a number above 0");
        refuses(List.of("--demo"), Map.of("SLUICE_MANAGEMENT_PORT", "-1"), "SLUICE_MANAGEMENT_PORT must be a port number");
        refuses(List.of("--demo"), Map.of("SLUICE_MANAGEMENT_ADDRESS", "localhost"), "SLUICE_MANAGEMENT_ADDRESS must be an address");
        refuses(List.of("--demo"), Map.of("SLUICE_JWT_SECRET", "short"), "SLUICE_JWT_SECRET is too short");
        refuses(List.of("--demo"), Map.of("SLUICE_MASTER_KEY", "short"), "SLUICE_MASTER_KEY must be 64 hexadecimal digits");
        refuses(List.of("--demo"), Map.of("SLUICE_TRUSTED_PROXIES", "nginx"), "SLUICE_TRUSTED_PROXIES is wrong at \"nginx\"");
        refuses(List.of("--demo"), Map.of("SLUICE_HOSTS", "*"), "SLUICE_HOSTS is wrong at \"*\"");
        refuses(List.of("--demo"), Map.of("SLUICE_CONSOLE_HOSTS", "a:8080"), "SLUICE_CONSOLE_HOSTS is wrong at \"a:8080\"");
        Path shortKey = Files.writeString(folder.resolve("short-key.json"),
                "{\"WechatAppId\":\"wx0000000000000001\",\"WechatMchId\":\"1900000001\",\"WechatApiV2Key\":\"tooshort\"}");
        refuses(List.of(), Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_SETTINGS", shortKey.toString()),
                "setting WechatApiV2Key has 8 characters");
    }

    /// Before anything is started, in one line that names the setting.
    @ParameterizedTest
    @ValueSource(strings = {"ServerAddress", "WechatGatewayUrl", "WechatBackupGatewayUrl", "AlipayGatewayUrl"})
    void refusesAnAddressWithoutASchemeInTheSettingsFile(String setting, @TempDir Path folder) throws Exception {
        for (String address : List.of("//pay.example.com", "pay.example.com")) {
            Path file = Files.writeString(folder.resolve("settings.json"), "{\"%s\": \"%s\"}".formatted(setting, address));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Options.of(List.of(), Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_SETTINGS", file.toString())))
                    .withMessageStartingWith("setting " + setting + " must be an http or https address")
                    .matches(e -> e.getMessage().lines().count() == 1);
        }
    }

    private static void refuses(List<String> arguments, Map<String, String> environment, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of(arguments, environment)).withMessageContaining(message);
    }
}
