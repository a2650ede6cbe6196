package dev.sluice.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.FreePort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What another user of the same machine, and one app, may do with the embedded PostgreSQL.
class EmbeddedDatabaseIT {
    @TempDir
    private static Path folder;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(TestBinaries.FOLDER);
        Files.setPosixFilePermissions(TestBinaries.FOLDER, PosixFilePermissions.fromString("rwxr-xr-x"));
        database = EmbeddedDatabase.start(folder.resolve("postgres"), FreePort.find(), TestBinaries.FOLDER);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void withoutAPasswordEveryoneIsRefused() {
        for (String user : new String[]{"postgres", "orders", "ledger", "recon"}) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, "").close()).isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, "wrong").close()).isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void itListensOnNoSocketOfTheFileSystem() {
        assertThat(database.superuser().sql("show unix_socket_directories").query(String.class).single()).isEmpty();
        assertThat(database.superuser().sql("show listen_addresses").query(String.class).single()).isEqualTo("localhost");
    }

    @Test
    void anAppOwnsItsSchemaAndSeesNoOther() {
        JdbcClient ledger = as("ledger");
        ledger.sql("create table ledger.mine (id int)").update();

        assertThatThrownBy(() -> as("orders").sql("select * from ledger.mine").query().listOfRows()).rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> as("orders").sql("create schema theirs").update()).rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> ledger.sql("copy ledger.mine from program 'env'").update()).rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void whatLiesInTheFolderIsClosedToOthers() throws IOException {
        for (Path each : new Path[]{folder.resolve("postgres"), TestBinaries.FOLDER}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each))).as(each.toString()).isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres-passwords.properties"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("postgres-password")).doesNotExist();
    }

    private static JdbcClient as(String role) {
        var environment = database.environment(role);
        return JdbcClient.create(new DriverManagerDataSource(database.url(), role, environment.get("SLUICE_POSTGRES_PASSWORD")));
    }
}
