/// The log: appending facts, reading them, and the topics that they are in.
@NullMarked
package dev.sluice.log;

import org.jspecify.annotations.NullMarked;
