package dev.sluice.order.redrive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.letter.LetterPage;
import dev.sluice.log.letter.LetterTopic;

/// The dead letters that were not appended again, among the newest. They are read at most every [Limits#BETWEEN_READS].
@Component
public class OpenLetters {
    private final LetterTopic topic;
    private final Redrives redrives;
    private final Clock clock;
    private final Lock reading = new ReentrantLock();
    private List<DeadLetter> newest = List.of();
    private Instant readAt = Instant.MIN;

    OpenLetters(LetterTopic topic, Redrives redrives, Clock clock) {
        this.topic = topic;
        this.redrives = redrives;
        this.clock = clock;
    }

    /// When the letters of the last time were set aside, that wait to be appended again.
    ///
    /// @throws DataAccessResourceFailureException when the log does not answer in time
    public List<Instant> ofTheLast(Duration time) {
        Instant since = clock.instant().minus(time);
        List<DeadLetter> recent = newest().stream().filter(letter -> at(letter).isAfter(since)).toList();
        Set<DeadLetter> again = redrives.of(recent).keySet();
        return recent.stream().filter(letter -> !again.contains(letter)).map(OpenLetters::at).toList();
    }

    private static Instant at(DeadLetter letter) {
        return Instant.ofEpochMilli(letter.raw().timestamp());
    }

    private List<DeadLetter> newest() {
        reading.lock();
        try {
            if (clock.instant().isAfter(readAt.plus(Limits.BETWEEN_READS))) {
                newest = topic.page(LetterPage.Cursor.NEWEST).letters();
                readAt = clock.instant();
            }
            return newest;
        } finally {
            reading.unlock();
        }
    }
}
