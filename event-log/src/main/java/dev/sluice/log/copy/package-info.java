/// Copies a log by its keys to another cluster, or to another number of partitions.
@NullMarked
package dev.sluice.log.copy;

import org.jspecify.annotations.NullMarked;
