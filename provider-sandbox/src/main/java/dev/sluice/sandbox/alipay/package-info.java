/// Alipay's gateway as a merchant meets it: precreated trades in signed JSON, and payment notices.
@NullMarked
package dev.sluice.sandbox.alipay;

import org.jspecify.annotations.NullMarked;
