/// The orders as a view of the log.
@NullMarked
package dev.sluice.order.projection;

import org.jspecify.annotations.NullMarked;
