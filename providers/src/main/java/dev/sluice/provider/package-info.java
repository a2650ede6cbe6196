/// What we want of a payment provider: one small interface for each capability, and the answers as types.
@NullMarked
package dev.sluice.provider;

import org.jspecify.annotations.NullMarked;
