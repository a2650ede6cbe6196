/// Our account at WeChat Pay: its settings and what can be wrong with them.
@NullMarked
package dev.sluice.provider.wechat.account;

import org.jspecify.annotations.NullMarked;
