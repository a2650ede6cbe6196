/// Refunds that the providers' notifications named before their payments were credited.
@NullMarked
package dev.sluice.reconcile.refund;

import org.jspecify.annotations.NullMarked;
