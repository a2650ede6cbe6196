/// The reconciler: asks the providers about orders that nobody told of, closes those whose time is over, and shows money that waits.
@NullMarked
package dev.sluice.reconcile;

import org.jspecify.annotations.NullMarked;
