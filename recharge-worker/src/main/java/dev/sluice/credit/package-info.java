/// The recharge worker: turns a confirmed payment into quota, once, or holds it with a reason.
@NullMarked
package dev.sluice.credit;

import org.jspecify.annotations.NullMarked;
