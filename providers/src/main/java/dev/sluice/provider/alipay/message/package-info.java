/// The content of Alipay's replies, and the call that they answer.
@NullMarked
package dev.sluice.provider.alipay.message;

import org.jspecify.annotations.NullMarked;
