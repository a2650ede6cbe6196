package dev.sluice.log.follow;

import java.io.Serial;
import java.util.List;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.Topic;

/// Rows in PostgreSQL that are made of the log, and know how much of it they hold. Every bean of this type gets a follower of its own: one
/// thread that reads the view's topics as consumer group `sluice-NAME`.
///
/// The first migration of the view's schema makes the table of positions; views of one schema share it:
///
/// ```sql
/// create table SCHEMA.position (
///     view            text    not null,
///     topic           text    not null,
///     partition       integer not null,
///     next_offset     bigint  not null check (next_offset >= 0),
///     log_end         bigint,
///     set_aside_up_to bigint,
///     primary key (view, topic, partition)
/// );
/// ```
///
/// `log_end` is where the log ended when it was found to be cut before the position; the view reads on when an operator has set
/// `next_offset` to it or to an earlier offset. `set_aside_up_to` is an operator's: refused records up to this offset become dead letters.
///
/// A view that has no position begins at the start of the log, so a rebuild is: drop the schema, start. Records come in the order of their
/// partition. They may come again at any time: applying a record twice must change nothing.
///
/// The methods of a view are called on the thread of its follower, one at a time. Two instances of an app may apply the same records at the
/// same time for a moment, when a partition changes hands; the lock on its position orders them.
public interface View {
    /// The name, of the consumer group too, and in metrics and log lines: small letters, digits and hyphens.
    String name();

    /// The topics to follow, of those that can be: [Topic#isFollowed()].
    Set<Topic> topics();

    /// The PostgreSQL schema that has the table `position`.
    String schema();

    /// Makes rows of records, all or nothing, inside the transaction that moves the position past them: open no other transaction and
    /// append nothing here. The records are a poll, or, when the database refuses one of them, a part of a poll; the parts of a poll share
    /// one transaction, which may be rolled back as a whole. Records that cannot be read are not
    /// among them, unless [#keepsEveryRecord()].
    ///
    /// @throws org.springframework.dao.DataIntegrityViolationException when a record violates a constraint: the follower looks for the
    ///                                                                 record and sets it aside
    /// @throws Contradiction                                           when a record contradicts the rows: its partition pauses
    /// @throws RuntimeException                                        anything else: the records come again a second later
    void apply(List<LogRecord> records);

    /// Records contradict what the view has decided. Which of both is right, no code knows.
    ///
    /// Remedy: rebuild the view.
    final class Contradiction extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<LogRecord> records;

        public Contradiction(List<LogRecord> records) {
            super("the log contradicts the view in "
                    + records.stream().map(record -> record.topicPartition() + "/" + record.offset()).toList());
            this.records = records;
        }

        /// In the order of each partition.
        List<LogRecord> records() {
            return records;
        }
    }

    /// After the commit: all records of the poll that were applied. The place to append to the log, to wake pages, to count.
    ///
    /// @throws RuntimeException the records are applied again, and this is called again with at most half as many at a time. After a crash
    ///                          it is not called again for what was committed
    default void applied(List<LogRecord> records) {}

    /// Whether this view puts the records that no version can read among the dead letters. One view of a topic does; the others only log them.
    default boolean setsAsideUnreadable() {
        return false;
    }

    /// Whether [#apply] gets the records too that no version can read, as [dev.sluice.log.DecodedRecord.NotUnderstood]. Such a view sets
    /// none of them aside.
    default boolean keepsEveryRecord() {
        return false;
    }

    /// The follower begins to read these partitions at their position: at the start, after a rebalance, after a pause, and after the database
    /// went back in time. Records that [#applied] gets from them may have been applied before by this or another instance.
    default void assigned(Set<TopicPartition> partitions) {}

    /// After the commit: all that these partitions held when they were assigned is applied, [#applied] included, or as much of it as can be:
    /// up to a record that the view is paused at. Called once for each time that [#assigned] was called; when the view gets past such a
    /// record, both are called again.
    ///
    /// @throws RuntimeException it is called again a second later
    default void caughtUp(Set<TopicPartition> partitions) {}
}
