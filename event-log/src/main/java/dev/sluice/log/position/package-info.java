/// How much of the log the rows of a view hold.
@NullMarked
package dev.sluice.log.position;

import org.jspecify.annotations.NullMarked;
