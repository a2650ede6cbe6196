package dev.sluice.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnvironmentTest {
    private static final String SECRET = "a-secret-of-at-least-thirty-two-characters";

    @TempDir
    private Path folder;

    @Test
    void takesWhatIsNotAVariableFromTheFileOfThatName() throws Exception {
        Files.writeString(folder.resolve("SLUICE_JWT_SECRET"), SECRET + "\n");
        Files.writeString(folder.resolve("settings.json"), "{}");

        var environment = Environment.withSecrets(Map.of("SLUICE_SECRETS", folder.toString(), "SLUICE_KAFKA", "kafka:9092"));

        assertThat(environment).containsOnly(Map.entry("SLUICE_SECRETS", folder.toString()), Map.entry("SLUICE_KAFKA", "kafka:9092"),
                Map.entry("SLUICE_JWT_SECRET", SECRET));
        assertThat(Environment.complaints(environment, Environment.JWT)).isEmpty();
    }

    @Test
    void aVariableComesBeforeAFile() throws Exception {
        Files.writeString(folder.resolve("SLUICE_JWT_SECRET"), "of the file");

        var environment = Environment.withSecrets(Map.of("SLUICE_SECRETS", folder.toString(), "SLUICE_JWT_SECRET", SECRET));

        assertThat(environment).containsEntry("SLUICE_JWT_SECRET", SECRET);
    }

    @Test
    void complainsOfAFileAsOfAVariable() throws Exception {
        Files.writeString(folder.resolve("SLUICE_JWT_SECRET"), "short");

        var environment = Environment.withSecrets(Map.of("SLUICE_SECRETS", folder.toString()));

        assertThat(Environment.complaints(environment, Environment.JWT, Environment.KAFKA)).hasSize(2).satisfiesExactly(
                line -> assertThat(line).startsWith("SLUICE_JWT_SECRET is too short"),
                line -> assertThat(line).startsWith("SLUICE_KAFKA is missing"));
    }

    @Test
    void proxiesAreNotNeededButChecked() {
        assertThat(Environment.complaints(Map.of(), Environment.PROXIES)).isEmpty();
        assertThat(Environment.complaints(Map.of("SLUICE_TRUSTED_PROXIES", "10.0.0.0/8,::1"), Environment.PROXIES)).isEmpty();
        assertThat(Environment.complaints(Map.of("SLUICE_TRUSTED_PROXIES", "10.0.0.0/8,nginx"), Environment.PROXIES)).singleElement()
                .satisfies(line -> assertThat(line).startsWith("SLUICE_TRUSTED_PROXIES is wrong at \"nginx\""));
    }

    @Test
    void saysWhenTheFolderIsNone() {
        for (String none : new String[]{"", folder.resolve("nowhere").toString()}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Environment.withSecrets(Map.of("SLUICE_SECRETS", none)))
                    .withMessage("SLUICE_SECRETS must be a folder with a file for each secret");
        }
    }

    @Test
    void saysWhenAFileCannotBeRead() throws Exception {
        Files.createDirectory(folder.resolve("SLUICE_JWT_SECRET"));

        assertThatIllegalArgumentException().isThrownBy(() -> Environment.withSecrets(Map.of("SLUICE_SECRETS", folder.toString())))
                .withMessageStartingWith("the secrets in " + folder + " cannot be read");
    }
}
