package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/// Random passwords of embedded servers, by user, kept in a file that only its owner can read.
public final class Passwords {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Properties byUser = new Properties();

    private Passwords(Path file) {
        this.file = file;
    }

    public static Passwords in(Path file) {
        Passwords passwords = new Passwords(file);
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                passwords.byUser.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return passwords;
    }

    /// Letters, digits, `-` and `_` only. The first call for a user makes and keeps one.
    public String of(String user) {
        String known = byUser.getProperty(user);
        if (known != null) {
            return known;
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byUser.setProperty(user, made);
        StringWriter text = new StringWriter();
        try {
            byUser.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrivateFolder.file(file, text.toString());
        return made;
    }

    @Override
    public String toString() {
        return "Passwords[of " + byUser.size() + "]";
    }
}
