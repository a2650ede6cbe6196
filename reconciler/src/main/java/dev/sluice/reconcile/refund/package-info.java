/// Refunds at the providers: those that the ledger reserved, until they have ended, and those that were not requested here.
@NullMarked
package dev.sluice.reconcile.refund;

import org.jspecify.annotations.NullMarked;
