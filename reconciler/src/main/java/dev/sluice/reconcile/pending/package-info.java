/// Orders that may still be paid: asking their provider, and closing them.
@NullMarked
package dev.sluice.reconcile.pending;

import org.jspecify.annotations.NullMarked;
