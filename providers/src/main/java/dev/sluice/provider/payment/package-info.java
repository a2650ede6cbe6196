/// What an app asks of a provider: one small interface for each capability, and the answers as types.
@NullMarked
package dev.sluice.provider.payment;

import org.jspecify.annotations.NullMarked;
