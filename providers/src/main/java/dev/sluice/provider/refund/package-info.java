/// Refunds at a provider: requesting one, how far it is, and which refunds a payment has.
@NullMarked
package dev.sluice.provider.refund;

import org.jspecify.annotations.NullMarked;
