/// The Kafka that holds the log, and how clients connect to it.
@NullMarked
package dev.sluice.log.cluster;

import org.jspecify.annotations.NullMarked;
