package dev.sluice.order.redrive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DeadLetter;
import dev.sluice.log.letter.LetterPage;
import dev.sluice.log.letter.LetterPage.Cursor;
import dev.sluice.log.letter.LetterPlace;
import dev.sluice.log.letter.LetterTopic;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.redrive.Redriving.Act;

/// Lists the dead letters for operators, and appends one again. The views take it as any other record: each applies it once.
@RestController
class DeadLetterController {
    private final LetterTopic topic;
    private final Redriving redriving;

    DeadLetterController(LetterTopic topic, Redriving redriving) {
        this.topic = topic;
        this.redriving = redriving;
    }

    /// A dead letter, and who appended it again.
    record Letter(int partition, long offset, Instant at, String orderId, String type, String topic, String cause,
            @Nullable Act redriven) {
        static Letter of(DeadLetter letter, @Nullable Act redriven) {
            String cause = letter.why();
            return new Letter(letter.raw().partition(), letter.raw().offset(), Instant.ofEpochMilli(letter.raw().timestamp()),
                    letter.raw().key() == null ? "" : letter.raw().key(), type(letter),
                    letter.topic().topicName() + "/" + letter.partition() + "/" + letter.offset(),
                    cause.length() > Limits.CAUSE_SHOWN ? cause.substring(0, Limits.CAUSE_SHOWN) : cause,
                    redriven);
        }

        private static String type(DeadLetter letter) {
            Header type = letter.raw().headers().lastHeader("ce_type");
            return type == null || type.value() == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
        }
    }

    /// @param next the `after` of the next page; the last page has none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letters(List<Letter> items, @Nullable String next) {}

    /// The dead letters, newest first.
    @GetMapping("/api/topup/dead-letters")
    Shown<Letters> list(@RequestParam(defaultValue = "") String after) {
        Cursor cursor = after.isEmpty()
                ? Cursor.NEWEST
                : Cursor.of(after).orElseThrow(() -> Refusal.of(EdgeCode.MALFORMED, "after").exception());
        LetterPage page = topic.page(cursor);
        Map<DeadLetter, Act> again = redriving.of(page.letters());
        return Shown.of(new Letters(page.letters().stream().map(letter -> Letter.of(letter, again.get(letter))).toList(),
                page.next().map(Cursor::toString).orElse(null)));
    }

    /// Appends a dead letter again, once: row, then log. A repeated request changes nothing.
    @PostMapping(path = "/api/topup/dead-letters/{partition}/{offset}/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<Letter> redrive(
            @PathVariable int partition,
            @PathVariable long offset,
            @RequestBody OperatorAction.Why why,
            @AuthenticationPrincipal Caller caller) {
        OperatorAction.refusal(why.reason(), null).ifPresent(malformed -> {
            throw malformed.exception();
        });
        DeadLetter letter = topic.find(new LetterPlace(partition, offset))
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
        return Shown.of(Letter.of(letter, redriving.redrive(letter, new UserId(caller.user()),
                OperatorAction.kept(why.reason()))));
    }
}
