/// A small WeChat Pay and a small Alipay to pay against, sharing no code with our clients, so that a mistake cannot agree with itself.
@NullMarked
package dev.sluice.sandbox;

import org.jspecify.annotations.NullMarked;
