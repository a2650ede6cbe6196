/// Confirmed payments without an outcome.
@NullMarked
package dev.sluice.reconcile.unsettled;

import org.jspecify.annotations.NullMarked;
