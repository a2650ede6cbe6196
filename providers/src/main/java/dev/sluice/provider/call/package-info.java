/// Calls to a provider's gateway: the HTTP exchange, and the reply as it may be believed.
@NullMarked
package dev.sluice.provider.call;

import org.jspecify.annotations.NullMarked;
