/// The values that facts consist of: money, quota, and the numbers of orders, payments, users and merchants.
@NullMarked
package dev.sluice.event.value;

import org.jspecify.annotations.NullMarked;
