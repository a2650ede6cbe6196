/// Settings over HTTP.
@NullMarked
package dev.sluice.order.option;

import org.jspecify.annotations.NullMarked;
