package dev.sluice.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The environment variables that the apps read, and the one line that is printed when one is missing.
public enum Environment {
    KAFKA("SLUICE_KAFKA", "Kafka's bootstrap servers, for example kafka:9092"),
    POSTGRES("SLUICE_POSTGRES", "the JDBC URL of PostgreSQL, for example jdbc:postgresql://postgres:5432/sluice"),
    /// All variables about the users' tokens.
    JWT("SLUICE_JWT_SECRET", "the secret that signs the users' tokens"),
    /// Optional, but checked.
    PROXIES(TrustedProxies.VARIABLE, "the addresses of the reverse proxies"),
    /// Optional, but checked.
    HOSTS(Hosts.VARIABLE, "the origins of the pages that embed Sluice"),
    /// Optional, but checked.
    CONSOLE_HOSTS(ConsoleHosts.VARIABLE, "the host names of the console");

    private static final int EXIT_MISCONFIGURED = 78;
    private static final String SECRETS = "SLUICE_SECRETS";
    /// The folder where Docker puts secrets; the configuration files of the apps name it too.
    private static final String SECRETS_OF_DOCKER = "/run/secrets";

    private final String variable;
    private final String meaning;

    Environment(String variable, String meaning) {
        this.variable = variable;
        this.meaning = meaning;
    }

    /// Ends the process with one line for each variable that is missing or plainly wrong.
    public static void need(Environment... needed) {
        need(_ -> List.of(), needed);
    }

    /// The same, with what else is wrong in the environment.
    ///
    /// @param more gives one line for each other variable that is wrong
    public static void need(Function<Map<String, String>, List<String>> more, Environment... needed) {
        List<String> complaints = complaints(more, needed);
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.exit(EXIT_MISCONFIGURED);
        }
    }

    private static List<String> complaints(Function<Map<String, String>, List<String>> more, Environment... needed) {
        try {
            Map<String, String> environment = withSecrets(System.getenv());
            return Stream.concat(complaints(environment, needed).stream(), more.apply(environment).stream()).toList();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /// The variables, and those that are not among them but are files in the folder `SLUICE_SECRETS`, each named as its variable.
    /// The configuration of the apps reads them from there too; this method serves the checks that precede it.
    ///
    /// @throws IllegalArgumentException when the folder or a file of it cannot be read
    public static Map<String, String> withSecrets(Map<String, String> environment) {
        Path folder = Path.of(environment.getOrDefault(SECRETS, SECRETS_OF_DOCKER));
        if (!Files.isDirectory(folder) || folder.toString().isBlank()) {
            if (environment.containsKey(SECRETS)) {
                throw new IllegalArgumentException(SECRETS + " must be a folder with a file for each secret");
            }
            return environment;
        }
        Map<String, String> all = new HashMap<>(environment);
        try (var files = Files.newDirectoryStream(folder, "SLUICE_*")) {
            for (Path file : files) {
                String variable = String.valueOf(file.getFileName());
                if (!all.containsKey(variable)) {
                    all.put(variable, Files.readString(file).stripTrailing());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the secrets in " + folder + " cannot be read: " + e.getMessage(), e);
        }
        return all;
    }

    /// The complaints, one line each.
    public static List<String> complaints(Map<String, String> environment, Environment... needed) {
        return Arrays.stream(needed).flatMap(one -> one.complaintsAbout(environment).stream()).toList();
    }

    private List<String> complaintsAbout(Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "");
        return switch (this) {
            case KAFKA -> missing(value).stream().toList();
            case POSTGRES -> missing(value).or(() -> onlyIf(!value.startsWith("jdbc:postgresql:"), variable + " must be " + meaning))
                    .stream().toList();
            case JWT -> TokenEnvironment.complaints(environment);
            case PROXIES -> complaintOf(() -> TrustedProxies.of(value)).stream().toList();
            case HOSTS -> complaintOf(() -> Hosts.of(value)).stream().toList();
            case CONSOLE_HOSTS -> complaintOf(() -> ConsoleHosts.of(value)).stream().toList();
        };
    }

    private Optional<String> missing(String value) {
        return onlyIf(value.isBlank(), variable + " is missing: set it to " + meaning);
    }

    private static Optional<String> onlyIf(boolean wrong, String complaint) {
        return Stream.of(complaint).filter(any -> wrong).findFirst();
    }

    private static Optional<String> complaintOf(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
