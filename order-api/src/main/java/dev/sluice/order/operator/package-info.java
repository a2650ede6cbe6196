/// The operators' list of orders and their actions on one.
@NullMarked
package dev.sluice.order.operator;

import org.jspecify.annotations.NullMarked;
