/// Access: authentication, authorities and rate limits.
@NullMarked
package dev.sluice.order.access;

import org.jspecify.annotations.NullMarked;
