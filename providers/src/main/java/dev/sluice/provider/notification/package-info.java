/// What a provider notifies us of: verifying it, and replying to it.
@NullMarked
package dev.sluice.provider.notification;

import org.jspecify.annotations.NullMarked;
