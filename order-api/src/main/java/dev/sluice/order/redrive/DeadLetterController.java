package dev.sluice.order.redrive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.Envelope;
import dev.sluice.order.answer.Refusal;
import dev.sluice.order.redrive.LetterPage.Cursor;
import dev.sluice.order.redrive.Redrives.Redrive;

/// Lists the dead letters for operators, and appends one again. The views take it as any other record: each applies it once.
@RestController
class DeadLetterController {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);

    private final LetterTopic topic;
    private final Redrives redrives;
    private final EventLog log;
    private final TransactionTemplate transaction;

    DeadLetterController(LetterTopic topic, Redrives redrives, EventLog log, PlatformTransactionManager transactions) {
        this.topic = topic;
        this.redrives = redrives;
        this.log = log;
        transaction = new TransactionTemplate(transactions);
    }

    /// Who appended a letter again.
    private record Act(String actor, String reason, Instant at) {
        static Act of(Redrive redrive) {
            return new Act(redrive.actor().value(), redrive.reason(), redrive.at());
        }
    }

    private record Shown(int partition, long offset, Instant at, String orderId, String type, String topic, String cause,
            @Nullable Act redriven) {
        static Shown of(DeadLetter letter, @Nullable Redrive redrive) {
            String cause = letter.why();
            return new Shown(letter.raw().partition(), letter.raw().offset(), Instant.ofEpochMilli(letter.raw().timestamp()),
                    letter.raw().key() == null ? "" : letter.raw().key(), type(letter),
                    letter.topic().topicName() + "/" + letter.partition() + "/" + letter.offset(),
                    cause.length() > Limits.CAUSE_SHOWN ? cause.substring(0, Limits.CAUSE_SHOWN) : cause,
                    redrive == null ? null : Act.of(redrive));
        }

        private static String type(DeadLetter letter) {
            Header type = letter.raw().headers().lastHeader("ce_type");
            return type == null || type.value() == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
        }
    }

    /// The dead letters, newest first.
    @GetMapping("/api/topup/dead-letters")
    ResponseEntity<Object> list(@RequestParam(defaultValue = "") String after, Locale locale) {
        Optional<Cursor> cursor = after.isEmpty() ? Optional.of(Cursor.NEWEST) : Cursor.of(after);
        if (cursor.isEmpty()) {
            return Envelope.refusal(Refusal.of(AnswerCode.MALFORMED, "after"), locale);
        }
        LetterPage page = topic.page(cursor.get());
        Map<DeadLetter, Redrive> again = redrives.of(page.letters());
        List<Shown> items = page.letters().stream().map(letter -> Shown.of(letter, again.get(letter))).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("items", items);
        page.next().ifPresent(next -> answer.put("next", next.toString()));
        return Envelope.Shown.of(answer);
    }

    /// Appends a dead letter again, once: row, then log. A repeated request changes nothing.
    @PostMapping(path = "/api/topup/dead-letters/{partition}/{offset}/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> redrive(
            @PathVariable int partition,
            @PathVariable long offset,
            @RequestBody OperatorAction.Why why,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        Optional<Refusal> malformed = OperatorAction.refusal(why.reason(), null);
        if (malformed.isPresent()) {
            return Envelope.refusal(malformed.get(), locale);
        }
        Optional<DeadLetter> letter = topic.find(new LetterPlace(partition, offset));
        if (letter.isEmpty()) {
            return Envelope.refusal(Refusal.of(AnswerCode.NOT_FOUND), locale);
        }
        Redrive first = transaction.execute(_ -> append(letter.get(), caller, OperatorAction.kept(why.reason())));
        return Envelope.Shown.of(Shown.of(letter.get(), first));
    }

    private Redrive append(DeadLetter letter, Caller caller, String reason) {
        Redrive act = redrives.claim(letter, caller.userId(), reason);
        if (!act.appended()) {
            log.reappend(letter.raw(), act.actor(), act.reason());
            redrives.appended(letter);
            LOG.atInfo().addKeyValue("trade_no", letter.raw().key()).addKeyValue("actor", act.actor())
                    .addKeyValue("partition", letter.raw().partition()).addKeyValue("offset", letter.raw().offset())
                    .log("dead letter appended again");
        }
        return act;
    }
}
