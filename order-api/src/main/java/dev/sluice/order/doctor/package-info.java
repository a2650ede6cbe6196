/// Checks of an installation: settings, clocks, accounts, and whether notifications arrive.
@NullMarked
package dev.sluice.order.doctor;

import org.jspecify.annotations.NullMarked;
