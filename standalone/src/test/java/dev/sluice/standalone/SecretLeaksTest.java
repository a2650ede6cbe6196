package dev.sluice.standalone;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.EmbeddedLogins;
import dev.sluice.standalone.embedded.FreePort;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// Whoever looks for secrets finds one where there is one.
class SecretLeaksTest {
    private static final String KEY = "8934e7d15453e97507ef794cf7b0519d";
    private static final String LONG_KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj".repeat(8);

    @TempDir
    private Path folder;
    private final SecretLeaks left = new SecretLeaks(Map.of("the key", KEY, "the long key", LONG_KEY));

    @Test
    void findsASecretInAnAnswerAndInALog() throws Exception {
        Path log = Files.writeString(folder.resolve("app.log"),
                "x key=" + LONG_KEY.substring(200, 400) + "\nBearer eyJhbGciOiJIUzI1NiJ9.x.y");

        assertThat(left.answers(List.of("{}", "{\"data\":\"" + KEY + "\"}")).logs(log).leaks())
                .containsExactly("the key in an answer", "the long key in the log app.log", "a token in the log app.log");
    }

    @Test
    void findsASecretInATopicAndInATable() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Topic.ensureAll(kafka.cluster(EmbeddedLogins.OPERATOR));
            try (EventLog log = EventLog.connect(kafka.cluster(EmbeddedLogins.OPERATOR), "test", Clock.systemUTC())) {
                log.append(Notification.whole("N1", Providers.WECHAT, Instant.EPOCH, "/", "", Map.of(),
                        ("<k>" + KEY + "</k>").getBytes(StandardCharsets.UTF_8),
                        "", NotificationVerdict.FORGED, ""));
            }
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"), FreePort.find(), TestBinaries.FOLDER)) {
            JdbcClient jdbc = database.superuser();
            jdbc.sql("create table ledger.secret as select '" + KEY + "' as key").update();
            jdbc.sql("create table ledger.bytes as select '" + KEY + "'::bytea as key").update();
        }

        assertThat(left.topics(folder.resolve("kafka")).tables(folder.resolve("postgres")).leaks())
                .anyMatch(leak -> leak.startsWith("the key in topic sluice.forgeries"))
                .contains("the key in table ledger.secret", "the key in table ledger.bytes");
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(left.answers(List.of("{}")).leaks()).isEmpty();
        left.holdsNoSecret();
    }
}
