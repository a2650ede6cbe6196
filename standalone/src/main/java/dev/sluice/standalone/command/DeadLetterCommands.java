package dev.sluice.standalone.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.sluice.event.value.UserId;
import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.log.follow.ViewDatabase;
import dev.sluice.log.letter.LetterPage;
import dev.sluice.log.letter.LetterPlace;
import dev.sluice.log.letter.LetterTopic;
import dev.sluice.order.redrive.Redriving;

/// Commands about records that a view has set aside.
@Command(name = "dead-letters", description = "Records that a view could not read or book.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class DeadLetterCommands {
    private static final String PLACE = "where it stands: PARTITION/OFFSET, as `list` shows it";
    private static final String JSON = "one line of JSON";
    private static final String SCHEMA = "orders";

    private final Session session;

    DeadLetterCommands(Session session) {
        this.session = session;
    }

    /// A dead letter as it is shown.
    record Shown(String place, Instant at, @Nullable String orderId, String topic, String cause, Redriving.@Nullable Act redriven) {
        static Shown of(DeadLetter letter, Redriving.@Nullable Act redriven) {
            return new Shown(letter.raw().partition() + "/" + letter.raw().offset(), Instant.ofEpochMilli(letter.raw().timestamp()),
                    letter.raw().key(), letter.topic().topicName() + "/" + letter.partition() + "/" + letter.offset(), letter.why(),
                    redriven);
        }

        String text() {
            return place + "  " + at + "  " + orderId + "  " + topic + "  " + cause
                    + (redriven == null ? "" : "  appended again by " + redriven.actor() + ": " + redriven.reason());
        }
    }

    /// The same, with its headers and content.
    record Whole(Shown letter, Map<String, String> headers, String content) {}

    @Command(description = "Lists the newest.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--after", paramLabel = "CURSOR", description = "continue where a page ended") @Nullable String after,
            @Option(names = "--json", description = JSON) boolean json) {
        LetterPage.Cursor cursor = after == null
                ? LetterPage.Cursor.NEWEST
                : LetterPage.Cursor.of(after).orElseThrow(() -> new IllegalArgumentException("not the end of a page: " + after));
        try (Servers servers = session.servers(); EventLog log = log(servers)) {
            LetterPage page = letters(servers).page(cursor);
            Map<DeadLetter, Redriving.Act> acts = redriving(servers, log).of(page.letters());
            List<Shown> shown = page.letters().stream().map(letter -> Shown.of(letter, acts.get(letter))).toList();
            session.answer(json, Map.of("items", shown, "next", page.next().map(Object::toString).orElse("")),
                    shown.isEmpty()
                            ? "no dead letters"
                            : shown.stream().map(Shown::text).collect(Collectors.joining("\n"))
                                    + page.next().map(next -> "\nmore: --after " + next).orElse(""));
            return 0;
        }
    }

    @Command(description = "Shows one with its headers and content.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "PLACE", description = PLACE) String place,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); EventLog log = log(servers)) {
            DeadLetter letter = find(servers, place);
            Map<String, String> headers = new TreeMap<>();
            letter.raw().headers().forEach(header -> headers.put(header.key(), text(header.value())));
            Shown shown = Shown.of(letter, redriving(servers, log).of(List.of(letter)).get(letter));
            session.answer(json, new Whole(shown, headers, text(letter.raw().value())), shown.text() + "\n"
                    + headers.entrySet().stream().map(header -> header.getKey() + ": " + header.getValue() + "\n")
                            .collect(Collectors.joining())
                    + text(letter.raw().value()));
            return 0;
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Command(description = "Appends one again as it was, once its cause is gone.", mixinStandardHelpOptions = true)
    int reappend(@Parameters(paramLabel = "PLACE", description = PLACE) String place,
            @Option(names = "--actor", required = true, description = "who wants it") String actor,
            @Option(names = "--reason", required = true, description = "why") String reason,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); EventLog log = log(servers)) {
            return answer(json, redriving(servers, log).redrive(find(servers, place), new UserId(actor), reason));
        }
    }

    @Command(description = "Appends one again with a corrected content.", mixinStandardHelpOptions = true)
    int fix(@Parameters(paramLabel = "PLACE", description = PLACE) String place,
            @Option(names = "--content", required = true, paramLabel = "FILE", description = "the corrected JSON") Path content,
            @Option(names = "--actor", required = true, description = "who wants it") String actor,
            @Option(names = "--reason", required = true, description = "why") String reason,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); EventLog log = log(servers)) {
            return answer(json,
                    redriving(servers, log).redrive(find(servers, place), Files.readAllBytes(content), new UserId(actor), reason));
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + content + " cannot be read", e);
        }
    }

    private int answer(boolean json, Redriving.Act act) {
        session.answer(json, act, "appended again by " + act.actor() + " at " + act.at() + ": " + act.reason());
        return 0;
    }

    private static DeadLetter find(Servers servers, String place) {
        if (!place.matches("\\d{1,9}/\\d{1,18}")) {
            throw new IllegalArgumentException("not a place: " + place + ". It is PARTITION/OFFSET");
        }
        String[] both = place.split("/", -1);
        return letters(servers).find(new LetterPlace(Integer.parseInt(both[0]), Long.parseLong(both[1])))
                .orElseThrow(() -> new IllegalArgumentException("no dead letter stands at " + place));
    }

    private static LetterTopic letters(Servers servers) {
        return LetterTopic.of(servers.kafka(), Clock.systemUTC());
    }

    private static EventLog log(Servers servers) {
        return EventLog.connect(servers.kafka(), "order-api", Clock.systemUTC());
    }

    private static Redriving redriving(Servers servers, EventLog log) {
        var database = servers.database(SCHEMA).owner();
        return Redriving.on(new ViewDatabase(JdbcClient.create(database), new JdbcTransactionManager(database)), log, Clock.systemUTC());
    }
}
