/// The ledger: expected orders, payments received, quota moved.
@NullMarked
package dev.sluice.credit.ledger;

import org.jspecify.annotations.NullMarked;
