/// Faults of the providers, the orders that they are injected for, and the responses that they change.
@NullMarked
package dev.sluice.sandbox.fault;

import org.jspecify.annotations.NullMarked;
