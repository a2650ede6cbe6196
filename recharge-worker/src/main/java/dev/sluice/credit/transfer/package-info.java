/// Quota that moves between accounts, by double entry.
@NullMarked
package dev.sluice.credit.transfer;

import org.jspecify.annotations.NullMarked;
