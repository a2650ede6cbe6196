/// What is said on Kafka: the facts of a top-up, the value types they are made of, the topics, and the one way to append.
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
