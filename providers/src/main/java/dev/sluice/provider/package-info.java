/// The payment providers: a [PaymentChannel] for each, found in the [PaymentChannels].
@NullMarked
package dev.sluice.provider;

import org.jspecify.annotations.NullMarked;
