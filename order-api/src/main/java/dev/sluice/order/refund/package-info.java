/// Refunds as operators request, approve and see them.
@NullMarked
package dev.sluice.order.refund;

import org.jspecify.annotations.NullMarked;
