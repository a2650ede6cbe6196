/// The log from its past up to a given end, read without being a member of any group.
@NullMarked
package dev.sluice.log.history;

import org.jspecify.annotations.NullMarked;
