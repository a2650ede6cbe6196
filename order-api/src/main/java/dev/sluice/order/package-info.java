/// The order API: takes orders, hands out codes, and shows each order's progress to its owner.
@NullMarked
package dev.sluice.order;

import org.jspecify.annotations.NullMarked;
