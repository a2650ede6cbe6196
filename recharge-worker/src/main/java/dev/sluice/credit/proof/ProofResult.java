package dev.sluice.credit.proof;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// What a proof covered and found.
///
/// @param at         when it ended
/// @param agrees     whether nothing differs
/// @param accounts   whose balances were compared
/// @param transfers  that were summed
/// @param facts      of the log that were compared with transfers, all proofs together
/// @param covered    the next offset of each partition of `sluice.events`, as `partition:offset`
/// @param difference the first one
record ProofResult(Instant at, boolean agrees, long accounts, long transfers, long facts, String covered,
        @Nullable Difference difference) {}
