/// Refunds of both providers, with their faults, and those that are made in the provider's console.
@NullMarked
package dev.sluice.sandbox.refund;

import org.jspecify.annotations.NullMarked;
