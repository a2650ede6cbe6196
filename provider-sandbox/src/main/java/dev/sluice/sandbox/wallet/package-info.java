/// The payer's phone: scans a code, shows the order, pays or leaves; as pages for people and as JSON for programs.
@NullMarked
package dev.sluice.sandbox.wallet;

import org.jspecify.annotations.NullMarked;
