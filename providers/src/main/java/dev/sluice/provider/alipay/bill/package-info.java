/// Alipay's daily bill.
@NullMarked
package dev.sluice.provider.alipay.bill;

import org.jspecify.annotations.NullMarked;
