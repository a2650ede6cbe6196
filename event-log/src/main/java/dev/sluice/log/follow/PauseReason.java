package dev.sluice.log.follow;

import java.util.Locale;

/// Why a view reads no further in a partition.
enum PauseReason {
    /// The position is beyond the log's end: the log lost records, or is another log.
    AHEAD_OF_LOG,
    /// The log begins after the position, though its topic is kept for ever: facts are missing.
    LOG_LOST_FACTS,
    /// The view has decided otherwise than the next record has it, as a rebuild may that reads partitions in another order.
    CONTRADICTS_LOG,
    /// The next record is from a newer version: this app is too old to read it.
    NEWER_WRITER,
    /// The database refuses the next record, and it is not known yet whether it takes others of its kind.
    RECORD_REFUSED,
    /// The database refuses so many records that it is not the records' fault: look at the schema.
    MANY_REFUSED;

    /// Whether a record is to blame; otherwise the log is.
    boolean isOfRecord() {
        return switch (this) {
            case CONTRADICTS_LOG, NEWER_WRITER, RECORD_REFUSED, MANY_REFUSED -> true;
            case AHEAD_OF_LOG, LOG_LOST_FACTS -> false;
        };
    }

    /// As the metric names it.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
