/// What operators do to orders, each act once for its key.
@NullMarked
package dev.sluice.order.act;

import org.jspecify.annotations.NullMarked;
