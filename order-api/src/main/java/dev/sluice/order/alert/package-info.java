/// Which alerts fire, as far as this app can know, and what to do about them.
@NullMarked
package dev.sluice.order.alert;

import org.jspecify.annotations.NullMarked;
