/// The messages on Kafka: the facts of a top-up.
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
