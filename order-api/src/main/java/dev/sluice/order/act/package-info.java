/// Operators' actions on orders, each action once for its key.
@NullMarked
package dev.sluice.order.act;

import org.jspecify.annotations.NullMarked;
