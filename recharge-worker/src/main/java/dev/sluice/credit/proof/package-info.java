/// The proof that balances are the sums of the transfers, and transfers those of the log.
@NullMarked
package dev.sluice.credit.proof;

import org.jspecify.annotations.NullMarked;
