/// What the log has about orders, payments and refunds, as bills are compared with it.
@NullMarked
package dev.sluice.reconcile.logged;

import org.jspecify.annotations.NullMarked;
