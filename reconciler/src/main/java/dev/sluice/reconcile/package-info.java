/// The reconciler: finds payments without a notification, closes expired orders, and measures waiting money.
@NullMarked
package dev.sluice.reconcile;

import org.jspecify.annotations.NullMarked;
