/// The daily bill of version 2 of WeChat Pay's interface.
@NullMarked
package dev.sluice.provider.wechat.v2.bill;

import org.jspecify.annotations.NullMarked;
