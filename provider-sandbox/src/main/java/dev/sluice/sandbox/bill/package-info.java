/// The daily bills that both providers make of their own trades and refunds, with faults.
@NullMarked
package dev.sluice.sandbox.bill;

import org.jspecify.annotations.NullMarked;
