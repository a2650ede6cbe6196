/// Placing an order and getting its code.
@NullMarked
package dev.sluice.order.placement;

import org.jspecify.annotations.NullMarked;
