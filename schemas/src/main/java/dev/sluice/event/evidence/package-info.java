/// Messages of providers, as received, with their verdict or meaning.
@NullMarked
package dev.sluice.event.evidence;

import org.jspecify.annotations.NullMarked;
