/// The orders as the log tells them.
@NullMarked
package dev.sluice.order.projection;

import org.jspecify.annotations.NullMarked;
