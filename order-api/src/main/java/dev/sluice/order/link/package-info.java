/// The link of an order: what another screen or person sees of an order that its owner shared.
@NullMarked
package dev.sluice.order.link;

import org.jspecify.annotations.NullMarked;
