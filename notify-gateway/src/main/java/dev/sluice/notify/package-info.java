/// The notify gateway: verifies notifications and appends them before it responds with success.
@NullMarked
package dev.sluice.notify;

import org.jspecify.annotations.NullMarked;
