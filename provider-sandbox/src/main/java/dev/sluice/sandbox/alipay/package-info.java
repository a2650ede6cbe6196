/// Alipay's gateway as a merchant meets it: trades precreated, queried and closed in signed JSON, and notifications about them.
@NullMarked
package dev.sluice.sandbox.alipay;

import org.jspecify.annotations.NullMarked;
