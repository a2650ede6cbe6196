/// The trades of both providers: issued codes, trades behind them, payments and closures, and the notifications that are due.
@NullMarked
package dev.sluice.sandbox.trade;

import org.jspecify.annotations.NullMarked;
