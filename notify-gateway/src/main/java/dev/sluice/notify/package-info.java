/// The notify gateway: takes the provider's word, checks whose it is, and appends it before it says "success".
@NullMarked
package dev.sluice.notify;

import org.jspecify.annotations.NullMarked;
