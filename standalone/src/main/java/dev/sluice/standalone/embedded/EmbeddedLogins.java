package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.log.cluster.AccessTable;

/// The logins at the embedded Kafka, each in a file of client properties that only Sluice's user can read. Passwords are random, of the
/// first start.
public final class EmbeddedLogins {
    /// May do everything: for Kafka's own tools, and to create topics.
    public static final String OPERATOR = "operator";
    /// The broker itself.
    private static final String BROKER = "broker";
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    private static final Pattern PASSWORD = Pattern.compile("password=\"([0-9a-f]{48})\"");
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Map<String, String> passwords = new TreeMap<>();

    private EmbeddedLogins(Path folder) {
        this.folder = folder;
    }

    /// Reads the logins, and makes those that are missing.
    static EmbeddedLogins in(Path folder) {
        EmbeddedLogins logins = new EmbeddedLogins(folder);
        PrivateFolder.at(folder);
        Stream.concat(AccessTable.shipped().logins().stream(), Stream.of(OPERATOR, BROKER)).sorted()
                .forEach(login -> logins.passwords.put(login, logins.password(login)));
        return logins;
    }

    private String password(String login) {
        Path file = file(login);
        Matcher known = PASSWORD.matcher(Files.exists(file) ? read(file) : "");
        if (known.find()) {
            return known.group(1);
        }
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        PrivateFolder.file(file, """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=%susername="%s" password="%s";
                """.formatted(MODULE, login, password));
        return password;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file of client properties of a login.
    Path file(String login) {
        return folder.resolve(login + ".properties");
    }

    /// What the broker needs: its own login, and the passwords of all.
    Map<String, String> brokerProperties() {
        String own = MODULE + "username=\"" + BROKER + "\" password=\"" + passwords.get(BROKER) + "\" ";
        String all = passwords.entrySet().stream().map(login -> "user_" + login.getKey() + "=\"" + login.getValue() + "\"")
                .collect(Collectors.joining(" "));
        return Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.sasl_plaintext.plain.sasl.jaas.config", own + all + ";",
                "listener.name.controller.plain.sasl.jaas.config", own + "user_" + BROKER + "=\"" + passwords.get(BROKER) + "\";",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:" + BROKER + ";User:" + OPERATOR);
    }

    @Override
    public String toString() {
        return "EmbeddedLogins[of " + passwords.keySet() + "]";
    }
}
