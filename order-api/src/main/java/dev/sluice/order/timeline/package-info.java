/// Everything that is known of one order.
@NullMarked
package dev.sluice.order.timeline;

import org.jspecify.annotations.NullMarked;
