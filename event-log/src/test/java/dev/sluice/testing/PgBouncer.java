package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/// A real PgBouncer in front of a PostgreSQL, as an operator has one. Where none is installed, tests of it are skipped, and say so.
public final class PgBouncer implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"),
            Path.of("/usr/local/bin/pgbouncer"));
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);

    private final int port;
    private final String database;
    private final Process process;

    private PgBouncer(int port, String database, Process process) {
        this.port = port;
        this.database = database;
        this.process = process;
    }

    /// Skips the test where it is not installed.
    public static void isInstalled() {
        if (program().isEmpty()) {
            System.err.println("SKIPPED: no PgBouncer on this machine (Debian: apt-get install pgbouncer)");
        }
        Assumptions.assumeTrue(program().isPresent(), "no PgBouncer on this machine (Debian: apt-get install pgbouncer)");
    }

    private static Optional<Path> program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /// Starts it, on this machine only.
    ///
    /// @param folder   for its configuration
    /// @param mode     `session`, `transaction` or `statement`
    /// @param server   `port=5432 user=postgres password=...`
    /// @param database its name, there and here
    public static PgBouncer start(Path folder, String mode, String server, String database, String... more) throws IOException {
        int port = freePort();
        Path file = Files.writeString(Files.createTempFile(folder, mode, ".ini"), """
                [databases]
                %s = host=127.0.0.1 dbname=%1$s %s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                default_pool_size = 40
                # It refuses to run as root.
                %s
                %s
                """.formatted(database, server, port, mode, "root".equals(System.getProperty("user.name")) ? "user = nobody" : "",
                String.join("\n", more)));
        Process process = new ProcessBuilder(program().orElseThrow().toString(), file.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile()).start();
        PgBouncer started = new PgBouncer(port, database, process);
        Awaitility.await().atMost(STARTS_WITHIN).until(started::listens);
        return started;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer ended with " + process.exitValue());
        }
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
