package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// One process for one data folder: two would overwrite each other's.
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the folder, closes it to other users of the machine, and takes it; empty when a running process has it.
    ///
    /// @throws UncheckedIOException when the folder cannot be used
    public static Optional<DataLock> take(Path data) {
        try {
            // Notifications name payers: other users of this machine must not read them.
            PrivateFolder.at(data);
            FileChannel channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isFree(channel)) {
                return Optional.of(new DataLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + data + " cannot be used: set SLUICE_DATA to one that can be written", e);
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Of this process.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
