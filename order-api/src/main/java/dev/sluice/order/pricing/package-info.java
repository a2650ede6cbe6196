/// What is sold: prices, payment methods and the accounts behind them.
@NullMarked
package dev.sluice.order.pricing;

import org.jspecify.annotations.NullMarked;
