package dev.sluice.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/// The test vectors collected from providers' documentation and other people's projects; each names its source under `.src`.
public final class Vectors {
    private static final Properties ALL = load();

    private Vectors() {}

    public static String get(String key) {
        return Objects.requireNonNull(ALL.getProperty(key), key);
    }

    /// What stands under `prefix.params.`.
    public static Map<String, String> parameters(String prefix) {
        Map<String, String> parameters = new TreeMap<>();
        String start = prefix + ".params.";
        ALL.stringPropertyNames().stream().filter(key -> key.startsWith(start))
                .forEach(key -> parameters.put(key.substring(start.length()), get(key)));
        return parameters;
    }

    private static Properties load() {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
