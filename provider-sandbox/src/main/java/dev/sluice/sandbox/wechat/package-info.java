/// WeChat Pay v2 as a merchant meets it: unified orders in signed XML, queries and closures of them, and payment notifications.
@NullMarked
package dev.sluice.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
