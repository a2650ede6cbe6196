/// The proof that balances are what the transfers say, and transfers what the log says.
@NullMarked
package dev.sluice.credit.proof;

import org.jspecify.annotations.NullMarked;
