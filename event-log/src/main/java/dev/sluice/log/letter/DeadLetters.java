package dev.sluice.log.letter;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;

/// The topic of the dead letters, for the views of an app. A view that reads the log again, after a restart, a restore or in a rebuild,
/// meets the same records; none of them is written a second time, and none that was set aside once pauses a view again.
public final class DeadLetters {
    /// How the cause begins when a database does not take a record; all others cannot be read.
    public static final String REFUSED = "the database refuses it: ";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final KnownLetters known;
    private final EventLog log;
    private final MeterRegistry meters;

    /// A record that a view continues without.
    ///
    /// @param why what is wrong with it
    public record SetAside(ConsumerRecord<String, byte[]> raw, String why) {}

    public DeadLetters(ConsumerFactory<String, byte[]> consumers, EventLog log, MeterRegistry meters, Clock clock) {
        this.known = new KnownLetters(new DeadLetterTopic(consumers, clock), clock);
        this.log = log;
        this.meters = meters;
    }

    /// The count of a view's dead letters. An alert needs it before the first one.
    public Counter counter(String view) {
        return Counter.builder("sluice.dead.letters").description("Records that a view set aside").tag("view", view).register(meters);
    }

    /// Puts a view's records among the dead letters, those that are not there. Each is counted as soon as it is in the log, whatever becomes
    /// of the transaction.
    ///
    /// @throws NotAppendedException when it is not known that all of them are in the log
    public synchronized void write(String view, List<SetAside> records) {
        if (records.isEmpty()) {
            return;
        }
        known.read();
        for (SetAside record : records) {
            if (!known.has(view, record.raw())) {
                log.deadLetter(record.raw(), view + ": " + record.why());
                known.add(view, record.raw());
                report(view, record);
            }
        }
    }

    private void report(String view, SetAside letter) {
        ConsumerRecord<String, byte[]> raw = letter.raw();
        counter(view).increment();
        LOG.atError().addKeyValue("view", view).addKeyValue("trade_no", raw.key())
                .addKeyValue("partition", new TopicPartition(raw.topic(), raw.partition())).addKeyValue("offset", raw.offset())
                .addKeyValue("why", letter.why()).log("record set aside as dead letter");
    }

    /// Whether a record was set aside before, by what was read and written here so far.
    ///
    /// @param others whether letters of other views count, too, of what cannot be read
    public boolean knows(String view, boolean others, ConsumerRecord<String, byte[]> raw) {
        return known.knows(view, others, raw);
    }

    /// Reads what all instances have written so far.
    public void read() {
        known.read();
    }

    /// The same, unless it was done a moment ago: many records may be asked about in a row.
    public void refresh() {
        known.refresh();
    }
}
