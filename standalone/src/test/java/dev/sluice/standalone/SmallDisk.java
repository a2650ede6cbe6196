package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/// A small file system of its own, which a test can fill. Only root may mount one: elsewhere the test is skipped, and says so.
record SmallDisk(Path folder) implements AutoCloseable {
    static final long MEBIBYTE = 1024L * 1024;
    private static final String BALLAST = "ballast";

    static SmallDisk mount(Path folder, int mebibytes) {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()) == 0;
        if (!mounted) {
            System.err.println("SKIPPED: this user cannot mount a small disk to fill (root can)");
        }
        Assumptions.assumeTrue(mounted, "this user cannot mount a small disk to fill (root can)");
        return new SmallDisk(folder);
    }

    long usable() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fills it until so much is left; with 0 until a write fails.
    void leave(long bytes) {
        ByteBuffer block = ByteBuffer.allocate((int) MEBIBYTE);
        try (FileChannel file = FileChannel.open(folder.resolve(BALLAST), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes == 0 || usable() > bytes) {
                block.clear();
                file.write(block);
            }
        } catch (IOException e) {
            if (bytes > 0) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void makeRoom() {
        try {
            Files.delete(folder.resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /// Also while a process that failed in a test still uses it.
    @Override
    public void close() {
        run("umount", "--lazy", folder.toString());
    }
}
