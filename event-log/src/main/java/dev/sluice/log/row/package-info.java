/// Rows of the views, as their statements take them.
@NullMarked
package dev.sluice.log.row;

import org.jspecify.annotations.NullMarked;
