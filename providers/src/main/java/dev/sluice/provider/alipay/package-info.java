/// Alipay's open platform: forms and JSON, signed with RSA2.
@NullMarked
package dev.sluice.provider.alipay;

import org.jspecify.annotations.NullMarked;
