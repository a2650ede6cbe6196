package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A real PostgreSQL beside this process, with its data in a folder. Committed data is on disk. It demands passwords, which are kept
/// beside that folder, readable by the owner only, and has a role for each app that owns the app's schema and nothing else.
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int ORPHAN_ENDS_WITHIN_SECONDS = 20;
    private static final String SUPERUSER = DatabaseLogins.SUPERUSER;
    /// Of `postmaster.pid`.
    private static final int LINE_OF_THE_PORT = 3;
    private static final String DATABASE = "postgres";
    private static final List<String> ROLES = List.of("orders", "ledger", "recon");

    private final EmbeddedPostgres postgres;
    private final Passwords passwords;

    private EmbeddedDatabase(EmbeddedPostgres postgres, Passwords passwords) {
        this.postgres = postgres;
        this.passwords = passwords;
    }

    /// Starts the server on the folder's data. When the process that started it last was killed, its server is still running: that one is
    /// ended first.
    public static EmbeddedDatabase start(Path folder) {
        return start(folder, FreePort.find(), folder.resolveSibling("postgres-binaries"));
    }

    /// The same, with a port and a folder for the server's programs.
    ///
    /// @param binaries where the server's programs are unpacked; in one process, the first such folder serves all
    public static EmbeddedDatabase start(Path folder, int port, Path binaries) {
        orphan(folder).ifPresent(EmbeddedDatabase::end);
        EmbeddedDatabase database;
        try {
            database = open(folder, port, binaries);
        } catch (IOException | IllegalStateException e) {
            // A killed server recovers first, which can take longer than the first attempt waits.
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("PostgreSQL did not start, trying once more");
            orphan(folder).ifPresent(EmbeddedDatabase::end);
            try {
                database = open(folder, port, binaries);
            } catch (IOException again) {
                throw new UncheckedIOException("PostgreSQL does not start on " + folder, again);
            }
        }
        ROLES.forEach(database::prepare);
        // The audit is a view of its own, which is rebuilt apart from the reconciler's.
        database.superuser().sql("create schema if not exists audit authorization recon").update();
        return database;
    }

    private static EmbeddedDatabase open(Path folder, int port, Path binaries) throws IOException {
        Passwords passwords = passwords(folder);
        PrivateFolder.at(binaries);
        // Where the library looks for servers of earlier runs to end, and for folders of theirs to delete.
        System.setProperty("ot.epg.working-dir", binaries.toString());
        Path superuser = PrivateFolder.file(folder.resolveSibling("postgres-password"), passwords.of(SUPERUSER));
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres
                    .builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    // It would end the server while others still use it: the owner closes it.
                    .setRegisterShutdownHook(false)
                    // Options of initdb; they come after, and so instead of, the library's `-A trust`.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", superuser.toString())
                    .setConnectConfig("password", passwords.of(SUPERUSER))
                    // Its sockets would lie in a folder that every user can read.
                    .setServerConfig("unix_socket_directories", "")
                    // The library is made for tests: it would leave both off.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new EmbeddedDatabase(postgres, passwords);
        } finally {
            // The library opens the folder to all when it unpacks.
            PrivateFolder.at(binaries);
            Files.delete(superuser);
        }
    }

    /// As `docker/postgres-roles.sh` does for a server of its own.
    private void prepare(String role) {
        JdbcClient jdbc = superuser();
        jdbc.sql("revoke all on database postgres, template1 from public").update();
        jdbc.sql("revoke all on schema public from public").update();
        if (jdbc.sql("select from pg_roles where rolname = ?").param(role).query().listOfRows().isEmpty()) {
            jdbc.sql("create role " + role + " login").update();
        }
        jdbc.sql("alter role " + role + " password '" + passwords.of(role) + "'").update();
        jdbc.sql("grant connect on database postgres to " + role).update();
        jdbc.sql("create schema if not exists " + role + " authorization " + role).update();
    }

    /// The address, without a user.
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
    }

    /// What an app needs to connect.
    ///
    /// @param role one of `orders`, `ledger`, `recon`
    public Map<String, String> environment(String role) {
        return Map.of("SLUICE_POSTGRES", url(), "SLUICE_POSTGRES_USER", role, "SLUICE_POSTGRES_PASSWORD", passwords.of(role));
    }

    /// May see and do everything.
    public JdbcClient superuser() {
        return JdbcClient.create(logins().superuser());
    }

    public DatabaseLogins logins() {
        return new DatabaseLogins(url(), passwords);
    }

    /// The logins at the server that another process runs on the folder.
    ///
    /// @throws UncheckedIOException when none runs there
    public static DatabaseLogins running(Path folder) {
        try {
            String port = Files.readAllLines(folder.resolve("postmaster.pid")).get(LINE_OF_THE_PORT).strip();
            return new DatabaseLogins("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, passwords(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL runs on " + folder, e);
        }
    }

    private static Passwords passwords(Path folder) {
        return Passwords.in(folder.resolveSibling("postgres-passwords.properties"));
    }

    private static Optional<ProcessHandle> orphan(Path folder) {
        Path pidFile = folder.resolve("postmaster.pid");
        try {
            List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of("0");
            return ProcessHandle
                    .of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(ORPHAN_ENDS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
