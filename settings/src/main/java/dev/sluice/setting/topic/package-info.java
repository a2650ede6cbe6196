/// The topic of the settings: reading it, and deciding which of its records count.
@NullMarked
package dev.sluice.setting.topic;

import org.jspecify.annotations.NullMarked;
