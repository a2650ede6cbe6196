/// The ledger: what was expected, which payments came, which quota moved.
@NullMarked
package dev.sluice.credit.ledger;

import org.jspecify.annotations.NullMarked;
