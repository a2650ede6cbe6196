/// The audit stream: every record of the log as a row, chained by hashes, with what it means in money.
@NullMarked
package dev.sluice.reconcile.audit;

import org.jspecify.annotations.NullMarked;
