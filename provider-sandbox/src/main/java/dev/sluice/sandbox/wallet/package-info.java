/// What a payer's phone does: scan a code, see what it is for, pay or leave; as pages for people and as JSON for tests.
@NullMarked
package dev.sluice.sandbox.wallet;

import org.jspecify.annotations.NullMarked;
