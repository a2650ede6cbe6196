/// Orders that may still be paid: querying their provider, and closing them.
@NullMarked
package dev.sluice.reconcile.pending;

import org.jspecify.annotations.NullMarked;
