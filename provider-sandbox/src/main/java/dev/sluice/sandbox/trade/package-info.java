/// What both providers remember: codes handed out, trades behind them, payments, and which payments still have to be told.
@NullMarked
package dev.sluice.sandbox.trade;

import org.jspecify.annotations.NullMarked;
