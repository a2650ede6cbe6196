/// The topic of the dead letters: reading it, and writing what views set aside.
@NullMarked
package dev.sluice.log.letter;

import org.jspecify.annotations.NullMarked;
