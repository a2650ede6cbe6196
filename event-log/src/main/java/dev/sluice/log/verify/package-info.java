/// Walks the whole log and checks whether it keeps the promises.
@NullMarked
package dev.sluice.log.verify;

import org.jspecify.annotations.NullMarked;
