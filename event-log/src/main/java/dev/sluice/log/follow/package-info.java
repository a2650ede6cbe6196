/// Following the log: each view reads from the position that it keeps beside its own rows.
@NullMarked
package dev.sluice.log.follow;

import org.jspecify.annotations.NullMarked;
