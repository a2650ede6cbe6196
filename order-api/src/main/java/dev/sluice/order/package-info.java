/// The order API: takes orders, returns codes, and shows each order's progress to its owner.
@NullMarked
package dev.sluice.order;

import org.jspecify.annotations.NullMarked;
