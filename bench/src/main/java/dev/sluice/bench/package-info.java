/// How fast it is: benchmarks against the real apps on a real Kafka and a real PostgreSQL.
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
