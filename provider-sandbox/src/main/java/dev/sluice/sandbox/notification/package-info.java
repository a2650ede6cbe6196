/// Notifies merchants of payments and closures on each provider's schedule until they acknowledge.
@NullMarked
package dev.sluice.sandbox.notification;

import org.jspecify.annotations.NullMarked;
