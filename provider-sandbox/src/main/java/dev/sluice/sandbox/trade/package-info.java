/// What both providers remember: codes handed out, trades behind them, payments and closures, and which of these still have to be told.
@NullMarked
package dev.sluice.sandbox.trade;

import org.jspecify.annotations.NullMarked;
