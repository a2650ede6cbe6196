/// The keys that the master key gives, and what they do: sealing and signing.
@NullMarked
package dev.sluice.setting.key;

import org.jspecify.annotations.NullMarked;
