/// WeChat Pay v2 as a merchant meets it: orders placed, queried and closed in signed XML, and payment notifications.
@NullMarked
package dev.sluice.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
