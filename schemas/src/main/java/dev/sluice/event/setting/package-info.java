/// Settings as records of their topic.
@NullMarked
package dev.sluice.event.setting;

import org.jspecify.annotations.NullMarked;
