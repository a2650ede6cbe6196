/// The ledger's part of refunds: what they reserve, take and return.
@NullMarked
package dev.sluice.credit.refund;

import org.jspecify.annotations.NullMarked;
