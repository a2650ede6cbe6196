package dev.sluice.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.FreePort;
import dev.sluice.testing.PgBouncer;

import static org.assertj.core.api.Assertions.assertThat;

/// A PostgreSQL behind PgBouncer, where that is installed.
class PoolerIT {
    private static final String SECRET = "a secret of this test, and of nothing else";

    @TempDir
    private static Path folder;
    private static EmbeddedDatabase postgres;
    private static String server;

    @BeforeAll
    static void start() {
        PgBouncer.isInstalled();
        int port = FreePort.find();
        postgres = EmbeddedDatabase.start(folder.resolve("operators-postgres"), port, TestBinaries.FOLDER);
        postgres.superuser().sql("create role operators login password 'own'").update();
        postgres.superuser().sql("create database own owner operators").update();
        server = "port=" + port + " user=operators password=own";
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aPaidOrderIsCreditedThroughAPoolerThatKeepsSessions() throws Exception {
        try (PgBouncer pooler = PgBouncer.start(folder, "session", server, "own")) {
            OwnServices.creditAPayment(folder, Map.of(), pooler.url(), "operators", "own");
        }
    }

    @Test
    void aPoolerThatSharesSessionsEndsTheStartWithOneLine() throws Exception {
        try (PgBouncer pooler = PgBouncer.start(folder, "transaction", server, "own")) {
            Ended ended = Ended.of(
                    List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Standalone.class.getName(),
                            "--demo"),
                    Map.of("SLUICE_PORT", Integer.toString(FreePort.find()), "SLUICE_MANAGEMENT_PORT", Integer.toString(FreePort.find()),
                            "SLUICE_DATA", folder.resolve("refused").toString(), "SLUICE_POSTGRES", pooler.url(),
                            "SLUICE_POSTGRES_USER", "operators", "SLUICE_POSTGRES_PASSWORD", "own"));

            assertThat(ended.status()).isEqualTo(78);
            assertThat(ended.lines()).hasSize(1).first().asString().startsWith("Sluice cannot start: PostgreSQL at ")
                    .contains("connection pooler", "pool_mode=session");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-api", "recharge-worker", "reconciler"})
    void soItEndsThatOfEachApp(String app) throws Exception {
        try (PgBouncer pooler = PgBouncer.start(folder, "transaction", server, "own")) {
            Ended ended = Ended.of(List.of("-jar", Fleet.jar(app).toString()), Map.of("SLUICE_KAFKA", "127.0.0.1:1", "SLUICE_JWT_SECRET",
                    SECRET, "SLUICE_POSTGRES", pooler.url(), "SLUICE_POSTGRES_USER", "operators", "SLUICE_POSTGRES_PASSWORD", "own"));

            assertThat(ended.status()).isEqualTo(78);
            assertThat(ended.lines()).hasSize(1).first().asString().startsWith("PostgreSQL at ").contains("connection pooler",
                    "pool_mode=session");
        }
    }
}
