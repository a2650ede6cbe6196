/// Tells merchants of payments, again and again on each provider's schedule, until they say the success word.
@NullMarked
package dev.sluice.sandbox.notice;

import org.jspecify.annotations.NullMarked;
