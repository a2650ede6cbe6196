package dev.sluice.log.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/// Reads the file that `SLUICE_KAFKA_PROPERTIES` names: how clients log in at Kafka.
final class ClientSecurity {
    private static final String VARIABLE = "SLUICE_KAFKA_PROPERTIES";
    private static final long LARGEST_FILE = 64 * 1024;

    private ClientSecurity() {}

    /// @throws MisconfiguredException when the file cannot be read, or has properties that are not about security
    static Map<String, Object> read(Path file) {
        Properties properties = load(file);
        Map<String, Object> security = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!name.equals(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG) && !name.startsWith("sasl.") && !name.startsWith("ssl.")) {
                throw fault(file, "has " + printable(name) + ": only security.protocol, sasl.* and ssl.* belong there");
            }
            security.put(name, properties.getProperty(name).strip());
        }
        check(file, security);
        return Map.copyOf(security);
    }

    private static Properties load(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw fault(file, "is too large: it has the properties of a Kafka client that are about security");
            }
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            }
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw fault(file,
                    "cannot be read (" + e.getClass().getSimpleName() + "): it must be a file of Java properties that this user can read");
        }
    }

    private static void check(Path file, Map<String, Object> security) {
        String protocol = String.valueOf(security.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
        if (!SecurityProtocol.names().contains(protocol)) {
            throw fault(file, "must set security.protocol to one of " + String.join(", ", SecurityProtocol.names()));
        }
        if (protocol.startsWith("SASL_") && !security.containsKey(SaslConfigs.SASL_MECHANISM)) {
            throw fault(file, "must set sasl.mechanism, for example SCRAM-SHA-512");
        }
        if (protocol.startsWith("SASL_") && !security.containsKey(SaslConfigs.SASL_JAAS_CONFIG)) {
            throw fault(file, "must set sasl.jaas.config, which has the login");
        }
    }

    /// A file that is no properties file may have a password where a name belongs.
    private static String printable(String name) {
        return name.matches("[a-z]{1,20}(\\.[a-z]{1,20}){1,5}") ? name : "something that is no property of a Kafka client";
    }

    static MisconfiguredException fault(Path file, String fault) {
        return new MisconfiguredException("the file " + file + " of " + VARIABLE + " " + fault);
    }
}
