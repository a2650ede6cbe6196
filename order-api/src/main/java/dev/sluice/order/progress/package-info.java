/// One order for its owner: its state, its progress as a stream, its code, the history.
@NullMarked
package dev.sluice.order.progress;

import org.jspecify.annotations.NullMarked;
