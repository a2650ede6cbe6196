/// Everything in one process: the apps, and, unless given addresses of real ones, a Kafka and a PostgreSQL of its own.
@NullMarked
package dev.sluice.standalone;

import org.jspecify.annotations.NullMarked;
