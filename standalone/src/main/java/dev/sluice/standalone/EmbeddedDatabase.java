package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL beside this process, with its data in a folder. Committed data is on disk.
final class EmbeddedDatabase implements AutoCloseable {
    static final String USER = "postgres";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int ORPHAN_ENDS_WITHIN_SECONDS = 20;

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /// Starts the server on the folder's data. When the process that started it last was killed, its server is still running: that one is
    /// ended first.
    static EmbeddedDatabase start(Path folder) {
        return start(folder, FreePort.find());
    }

    static EmbeddedDatabase start(Path folder, int port) {
        orphan(folder).ifPresent(EmbeddedDatabase::end);
        try {
            return new EmbeddedDatabase(open(folder, port));
        } catch (IOException | IllegalStateException e) {
            // A killed server recovers first, which can take longer than the first attempt waits.
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("PostgreSQL did not start, trying once more");
            orphan(folder).ifPresent(EmbeddedDatabase::end);
            try {
                return new EmbeddedDatabase(open(folder, port));
            } catch (IOException again) {
                throw new UncheckedIOException("PostgreSQL does not start on " + folder, again);
            }
        }
    }

    private static EmbeddedPostgres open(Path folder, int port) throws IOException {
        return EmbeddedPostgres
                .builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolveSibling("postgres-binaries").toFile())
                // It would end the server while others still use it: the owner closes it.
                .setRegisterShutdownHook(false)
                // The library is made for tests: it would leave both off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
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

    String url() {
        return postgres.getJdbcUrl(USER, "postgres");
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
