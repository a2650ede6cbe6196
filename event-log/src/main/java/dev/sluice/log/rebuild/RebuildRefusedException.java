package dev.sluice.log.rebuild;

import java.io.Serial;

/// A rebuild, a comparison or a swap that is not done, because it would lose or double something. Nothing that is live was changed.
///
/// Remedy: the message has it.
public final class RebuildRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Code code;

    /// Why.
    public enum Code {
        /// Tables of the schema are not named, or named and missing.
        TABLES_NOT_NAMED,
        /// The live schema does not exist.
        NO_SUCH_SCHEMA,
        /// There is no shadow to compare or swap.
        NO_SHADOW,
        /// The shadow was made by other migrations than the live schema.
        OTHER_VERSION,
        /// The log does not begin at zero: it lost facts.
        LOG_LOST_FACTS,
        /// The live view is paused: it holds records that the log lost.
        AHEAD_OF_LOG,
        /// A record is from a newer version.
        NEWER_WRITER,
        /// The shadow does not take what the log has.
        RECORD_REFUSED,
        /// Another rebuild of the schema runs.
        ANOTHER_RUNS,
        /// The shadow does not stand where the live view stands.
        OTHER_POSITION,
        /// The live tables were not free within the time.
        NOT_LOCKED,
        /// A function in the schema names the schema, which a rename would not follow.
        NAMED_IN_FUNCTION
    }

    RebuildRefusedException(Code code, String message) {
        super(message);
        this.code = code;
    }

    RebuildRefusedException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
