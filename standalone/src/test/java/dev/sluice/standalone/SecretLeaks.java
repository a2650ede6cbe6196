package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.FreePort;

/// What a Sluice that has ended leaves behind: its answers, its log lines, its topics, its tables. None of it may hold a secret (G8).
final class SecretLeaks {
    /// Of the demo's keys, those that nobody else may know.
    private static final List<String> SECRETS = List.of("wechat-api-key", "jwt-secret", "application-private-key", "alipay-private-key",
            "master-key");
    /// Every token of a user begins with it.
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.";
    private static final int PIECE = 32;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{40,}");
    private static final Pattern BYTES = Pattern.compile("\\\\x((?:[0-9a-f]{2}){16,})");

    private final Map<String, String> pieces = new TreeMap<>();
    private final List<String> leaks = new ArrayList<>();
    private long looked;

    /// @param secrets by what they are called
    SecretLeaks(Map<String, String> secrets) {
        // Of a long one, three places: a line break may go through one of them.
        secrets.forEach((name, secret) -> {
            if (secret.length() < PIECE) {
                throw new IllegalArgumentException(name + " is too short to be looked for");
            }
            for (int from = 0; from + PIECE <= secret.length(); from += Math.max(PIECE, secret.length() / 3)) {
                pieces.put(secret.substring(from, from + PIECE), name);
            }
        });
    }

    /// Of the demo that kept its data in the folder.
    static SecretLeaks ofDemo(Path data) {
        return ofDemo(data, Map.of());
    }

    static SecretLeaks ofDemo(Path data, Map<String, String> more) {
        Properties keys = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("demo/keys.properties"))) {
            keys.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> secrets = new TreeMap<>(more);
        SECRETS.forEach(name -> secrets.put(name, keys.getProperty(name)));
        return new SecretLeaks(secrets);
    }

    SecretLeaks answers(Collection<String> answers) {
        answers.forEach(answer -> look("an answer", answer));
        return this;
    }

    SecretLeaks logs(Path... logs) {
        for (Path log : logs) {
            look("the log " + log.getFileName(), read(log));
            lookFor(TOKEN, "a token", "the log " + log.getFileName(), read(log));
        }
        return this;
    }

    /// Reads the broker's files: all records of all topics, whatever they are compressed with.
    SecretLeaks topics(Path kafka) {
        try (Stream<Path> files = Files.walk(kafka)) {
            files.filter(file -> file.toString().matches(".*/sluice\\.[^/]+/[0-9]+\\.log")).forEach(this::segment);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void segment(Path file) {
        String where = "topic " + file.getParent().getFileName();
        try (FileRecords records = FileRecords.open(file.toFile())) {
            for (Record record : records.records()) {
                look(where, record.hasKey() ? StandardCharsets.UTF_8.decode(record.key()).toString() : "");
                String value = record.hasValue() ? StandardCharsets.UTF_8.decode(record.value()).toString() : "";
                look(where, value);
                lookFor(TOKEN, "a token", where, value);
                Arrays.stream(record.headers()).filter(header -> header.value() != null)
                        .forEach(header -> look(where, new String(header.value(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads every row of every table, of a database that is not running.
    SecretLeaks tables(Path postgres) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(postgres, FreePort.find(), TestBinaries.FOLDER)) {
            return tables(database.superuser());
        }
    }

    SecretLeaks tables(JdbcClient database) {
        BiConsumer<String, String> table = (schema, name) -> database.sql("select t::text from \"%s\".\"%s\" t".formatted(schema, name))
                .query(row -> {
                    look("table " + schema + "." + name, row.getString(1));
                    lookFor(TOKEN, "a token", "table " + schema + "." + name, row.getString(1));
                });
        database.sql("select schemaname, tablename from pg_tables where schemaname in ('orders', 'ledger', 'recon')")
                .query((row, _) -> List.of(row.getString(1), row.getString(2))).list()
                .forEach(each -> table.accept(each.getFirst(), each.getLast()));
        return this;
    }

    /// Also into what is written as Base64 or as hexadecimal digits: bodies of notices, bytes in tables.
    private void look(String where, String text) {
        looked++;
        List<String> readings = new ArrayList<>(List.of(text));
        BASE64.matcher(text).results().map(each -> each.group().substring(0, each.group().length() / 4 * 4))
                .forEach(each -> readings.add(new String(Base64.getDecoder().decode(each), StandardCharsets.ISO_8859_1)));
        BYTES.matcher(text).results().map(each -> each.group(1))
                .forEach(each -> readings.add(new String(HexFormat.of().parseHex(each), StandardCharsets.ISO_8859_1)));
        readings.forEach(reading -> pieces.forEach((piece, name) -> lookFor(piece, name, where, reading)));
    }

    private void lookFor(String piece, String name, String where, String text) {
        if (text.contains(piece)) {
            leaks.add(name + " in " + where);
        }
    }

    /// Where which secret was found.
    List<String> leaks() {
        return leaks.stream().distinct().toList();
    }

    /// At how many texts it looked.
    long looked() {
        return looked;
    }

    /// @throws IllegalStateException when something was found, or there was nothing to look at
    void holdsNoSecret() {
        if (looked == 0 || !leaks.isEmpty()) {
            throw new IllegalStateException("looked at " + looked + " texts and found: " + leaks());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
