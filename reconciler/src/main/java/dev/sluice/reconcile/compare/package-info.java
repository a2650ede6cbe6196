/// Bills against the log: the differences, and what heals by itself.
@NullMarked
package dev.sluice.reconcile.compare;

import org.jspecify.annotations.NullMarked;
