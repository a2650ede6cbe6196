/// Access: the routes with their authorities, and sessions of browsers.
@NullMarked
package dev.sluice.order.access;

import org.jspecify.annotations.NullMarked;
