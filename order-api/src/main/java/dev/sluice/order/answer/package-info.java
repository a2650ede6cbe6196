/// What callers receive: envelopes, codes and refusals.
@NullMarked
package dev.sluice.order.answer;

import org.jspecify.annotations.NullMarked;
