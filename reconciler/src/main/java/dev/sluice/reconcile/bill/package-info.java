/// Bills as they came, their rows, and how far each day is.
@NullMarked
package dev.sluice.reconcile.bill;

import org.jspecify.annotations.NullMarked;
