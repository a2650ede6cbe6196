/// A payment provider that lives only in these tests: the proof that a provider is a place.
@NullMarked
package dev.sluice.provider.tally;

import org.jspecify.annotations.NullMarked;
