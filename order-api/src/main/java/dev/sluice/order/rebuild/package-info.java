/// How the orders' views are rebuilt from the log.
@NullMarked
package dev.sluice.order.rebuild;

import org.jspecify.annotations.NullMarked;
