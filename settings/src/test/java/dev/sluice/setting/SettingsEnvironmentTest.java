package dev.sluice.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.setting.start.SettingsEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsEnvironmentTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsNeeded() {
        assertThat(SettingsEnvironment.complaints(Map.of())).isEmpty();
    }

    @Test
    void namesEachVariableThatIsWrongInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), "{");

        assertThat(SettingsEnvironment.complaints(Map.of("SLUICE_SETTINGS", file.toString(), "SLUICE_MASTER_KEY", "short",
                "SLUICE_VERIFYING_KEY", "0".repeat(63), "SLUICE_GATEWAY_HOSTS", "https://evil.example"))).hasSize(4).satisfiesExactly(
                        line -> assertThat(line).contains("is not JSON"),
                        line -> assertThat(line).startsWith("SLUICE_MASTER_KEY must be 64 hexadecimal digits"),
                        line -> assertThat(line).startsWith("SLUICE_VERIFYING_KEY must be 64 hexadecimal digits"),
                        line -> assertThat(line).startsWith("SLUICE_GATEWAY_HOSTS must be hosts separated by commas"))
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    }

    @Test
    void acceptsWhatIsRight() throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), "{\"Price\":7.3}");

        assertThat(SettingsEnvironment.complaints(Map.of("SLUICE_SETTINGS", file.toString(), "SLUICE_MASTER_KEY", "ab".repeat(32))))
                .isEmpty();
    }
}
