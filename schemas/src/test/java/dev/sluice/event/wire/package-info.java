/// The records as JSON, held against their published schemas.
@NullMarked
package dev.sluice.event.wire;

import org.jspecify.annotations.NullMarked;
