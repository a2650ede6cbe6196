/// Payments that are held, and the decisions about them.
@NullMarked
package dev.sluice.order.hold;

import org.jspecify.annotations.NullMarked;
