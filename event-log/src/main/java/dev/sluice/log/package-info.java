/// The log: appending facts, reading them, and the topics that hold them.
@NullMarked
package dev.sluice.log;

import org.jspecify.annotations.NullMarked;
