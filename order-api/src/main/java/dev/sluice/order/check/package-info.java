/// A payer's "I have paid": the provider is queried at once.
@NullMarked
package dev.sluice.order.check;

import org.jspecify.annotations.NullMarked;
