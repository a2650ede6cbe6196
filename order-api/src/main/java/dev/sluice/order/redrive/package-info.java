/// Dead letters: what no view could book, and appending it again.
@NullMarked
package dev.sluice.order.redrive;

import org.jspecify.annotations.NullMarked;
