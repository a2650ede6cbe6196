/// Orders as their owners see them.
@NullMarked
package dev.sluice.order.view;

import org.jspecify.annotations.NullMarked;
