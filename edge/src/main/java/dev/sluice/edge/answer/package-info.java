/// What callers receive: envelopes, codes and refusals.
@NullMarked
package dev.sluice.edge.answer;

import org.jspecify.annotations.NullMarked;
