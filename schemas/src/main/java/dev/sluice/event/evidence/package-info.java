/// What providers sent, as received, with what was made of it.
@NullMarked
package dev.sluice.event.evidence;

import org.jspecify.annotations.NullMarked;
