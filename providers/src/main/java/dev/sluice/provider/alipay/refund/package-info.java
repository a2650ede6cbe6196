/// Refunds of Alipay.
@NullMarked
package dev.sluice.provider.alipay.refund;

import org.jspecify.annotations.NullMarked;
