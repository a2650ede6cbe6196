/// Who may call, and how often.
@NullMarked
package dev.sluice.order.access;

import org.jspecify.annotations.NullMarked;
