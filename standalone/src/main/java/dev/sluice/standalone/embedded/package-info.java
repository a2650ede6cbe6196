/// Kafka and PostgreSQL as parts of this process, and the passwords that close them to other users of the machine.
@NullMarked
package dev.sluice.standalone.embedded;

import org.jspecify.annotations.NullMarked;
