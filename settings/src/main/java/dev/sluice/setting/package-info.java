/// The settings that operators decide, by name, read and checked as a whole.
@NullMarked
package dev.sluice.setting;

import org.jspecify.annotations.NullMarked;
