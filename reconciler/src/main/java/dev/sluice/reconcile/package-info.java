/// The reconciler: finds what was lost. For now that is money which was confirmed and is neither credited nor held.
@NullMarked
package dev.sluice.reconcile;

import org.jspecify.annotations.NullMarked;
