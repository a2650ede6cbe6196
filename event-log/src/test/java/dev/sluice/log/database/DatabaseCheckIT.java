package dev.sluice.log.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.PgBouncer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What the check of a database finds: on a real PostgreSQL, and with a real PgBouncer before it.
@BesideOthers
class DatabaseCheckIT {
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void takesAPostgresqlThatGivesEachConnectionItsSession() {
        assertThatCode(() -> check(postgres.getJdbcUrl("postgres", "postgres"))).doesNotThrowAnyException();
    }

    @Test
    void namesARefusedLoginAndAMissingDatabaseInOneLine() {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?password=hidden";

        assertThatThrownBy(() -> new DatabaseCheck(url, "stranger", "secret").run()).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("localhost:" + postgres.getPort() + "/postgres does not accept the login",
                        "SLUICE_POSTGRES_USER", "stranger")
                .hasMessageNotContainingAny("secret", "hidden", "\n");
        assertThatThrownBy(() -> check(url.replace("/postgres?", "/missing?"))).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("lacks the database", "SLUICE_POSTGRES").hasMessageNotContainingAny("hidden", "\n");
    }

    /// The app waits for it as before: the image's training run has none.
    @Test
    void leavesOneThatIsAwayToTheApp() {
        assertThatCode(() -> check("jdbc:postgresql://127.0.0.1:1/none")).doesNotThrowAnyException();
    }

    @Test
    void takesAPoolerInSessionMode() throws IOException {
        PgBouncer.isInstalled();
        try (PgBouncer pooler = pooler("session")) {
            assertThatCode(() -> check(pooler.url())).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void refusesAPoolerThatSharesSessions(String mode) throws IOException {
        PgBouncer.isInstalled();
        try (PgBouncer pooler = pooler(mode)) {
            refuses(pooler);
        }
    }

    /// An idle pool hands out the same session again, a busy one another; with a small pool, or in turns, others again.
    @ParameterizedTest
    @CsvSource({"40,0,0", "40,1,0", "2,0,0", "40,0,6", "40,1,6", "3,0,6"})
    void refusesItHoweverThePoolIsUsed(int sessions, int inTurns, int others) throws Exception {
        PgBouncer.isInstalled();
        var goOn = new AtomicBoolean(true);
        List<Thread> users = new ArrayList<>();
        try (PgBouncer pooler = PgBouncer.start(folder, "transaction", "port=" + postgres.getPort() + " user=postgres pool_size="
                + sessions, "postgres", "server_round_robin = " + inTurns)) {
            for (int i = 0; i < others; i++) {
                users.add(Thread.ofVirtual().start(() -> use(pooler, goOn)));
            }

            for (int i = 0; i < 5; i++) {
                refuses(pooler);
            }
        } finally {
            goOn.set(false);
            for (Thread user : users) {
                user.join();
            }
        }
    }

    private static void use(PgBouncer pooler, AtomicBoolean goOn) {
        try (Connection connection = DriverManager.getConnection(pooler.url() + "?preferQueryMode=simple", "postgres", "");
                var statement = connection.createStatement()) {
            while (goOn.get()) {
                statement.execute("select pg_sleep(0.002)");
            }
        } catch (SQLException e) {
            // The pooler has ended.
        }
    }

    private static void refuses(PgBouncer pooler) {
        assertThatThrownBy(() -> check(pooler.url())).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("connection pooler", "pool_mode=session", "SLUICE_POSTGRES").hasMessageNotContaining("\n");
    }

    private static void check(String url) {
        new DatabaseCheck(url, "postgres", "").run();
    }

    private PgBouncer pooler(String mode) throws IOException {
        return PgBouncer.start(folder, mode, "port=" + postgres.getPort() + " user=postgres", "postgres");
    }
}
