/// What the providers' protocols have in common: times, texts, clocks and broken connections.
@NullMarked
package dev.sluice.provider.wire;

import org.jspecify.annotations.NullMarked;
