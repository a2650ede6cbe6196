/// WeChat Pay.
@NullMarked
package dev.sluice.provider.wechat;

import org.jspecify.annotations.NullMarked;
