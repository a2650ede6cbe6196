/// Our account at Alipay: its settings, its keys and what can be wrong with them.
@NullMarked
package dev.sluice.provider.alipay.account;

import org.jspecify.annotations.NullMarked;
