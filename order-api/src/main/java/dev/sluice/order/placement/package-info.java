/// Placing an order and requesting its code.
@NullMarked
package dev.sluice.order.placement;

import org.jspecify.annotations.NullMarked;
