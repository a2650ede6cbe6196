/// The messages of WeChat Pay v2: their XML, their signature and their amounts.
@NullMarked
package dev.sluice.provider.wechat.v2.message;

import org.jspecify.annotations.NullMarked;
