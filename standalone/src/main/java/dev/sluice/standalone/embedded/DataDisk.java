package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The disk on which the embedded Kafka and PostgreSQL have their data. A server that cannot write ends in the middle of its work, so the
/// process ends in order shortly before.
public final class DataDisk implements AutoCloseable {
    /// Enough for both servers to end: PostgreSQL's next segment alone takes 16 MiB.
    static final long LEAST_BYTES = 64L * 1024 * 1024;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path folder;
    private final Thread looking;

    private DataDisk(Path folder, Runnable whenFull) {
        this.folder = folder;
        this.looking = Thread.ofVirtual().name("data-disk").unstarted(() -> look(whenFull));
    }

    /// Starts to look, every second.
    ///
    /// @param folder   has the data
    /// @param whenFull runs once
    /// @throws IllegalStateException when there is too little room to start
    public static DataDisk watch(Path folder, Runnable whenFull) {
        DataDisk disk = new DataDisk(folder, whenFull);
        fault(folder).ifPresent(fault -> {
            throw new IllegalStateException(fault);
        });
        disk.looking.start();
        return disk;
    }

    /// One line with cause and remedy; empty while there is room.
    public static Optional<String> fault(Path folder) {
        try {
            FileStore disk = Files.getFileStore(folder);
            long usable = disk.getUsableSpace();
            return usable < LEAST_BYTES
                    ? Optional.of("the disk of " + folder + " is full (" + usable / 1024 / 1024 + " MiB left, " + LEAST_BYTES / 1024 / 1024
                            + " MiB needed): make room and start again; payments that were acknowledged are credited then")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void look(Runnable whenFull) {
        try {
            while (fault(folder).isEmpty()) {
                Thread.sleep(BETWEEN_LOOKS);
            }
            whenFull.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
