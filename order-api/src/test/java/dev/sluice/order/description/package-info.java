/// The description of the API for programs, made from the controllers.
@NullMarked
package dev.sluice.order.description;

import org.jspecify.annotations.NullMarked;
