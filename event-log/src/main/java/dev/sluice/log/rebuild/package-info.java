/// Rebuilds the views of a schema from the log into a shadow schema beside it, compares both, and swaps them.
@NullMarked
package dev.sluice.log.rebuild;

import org.jspecify.annotations.NullMarked;
