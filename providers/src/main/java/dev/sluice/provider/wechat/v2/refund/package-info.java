/// Refunds of WeChat Pay v2: requested by the merchant's certificate, and queried.
@NullMarked
package dev.sluice.provider.wechat.v2.refund;

import org.jspecify.annotations.NullMarked;
