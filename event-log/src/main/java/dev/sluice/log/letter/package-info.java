/// The topic of the dead letters, as views write it.
@NullMarked
package dev.sluice.log.letter;

import org.jspecify.annotations.NullMarked;
