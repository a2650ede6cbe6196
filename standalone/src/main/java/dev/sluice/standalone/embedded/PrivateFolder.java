package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders and files that other users of this machine can neither read nor change.
public final class PrivateFolder {
    private static final String FOLDER = "rwx------";
    private static final String FILE = "rw-------";

    private PrivateFolder() {}

    /// Makes the folder, or closes one that exists: systemd's `StateDirectory`, for example, is open to read.
    public static Path at(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOLDER)));
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be used, or not closed to other users", e);
        }
    }

    /// Writes a file as a whole: after a crash it has the old or the new text.
    public static Path file(Path file, String text) {
        try {
            Path written = Files.createTempFile(file.getParent(), file.getFileName().toString(), "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE)));
            Files.writeString(written, text);
            return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
