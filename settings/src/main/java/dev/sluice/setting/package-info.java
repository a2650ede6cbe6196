/// What an operator decides: the settings by name, read and checked as a whole, never half.
@NullMarked
package dev.sluice.setting;

import org.jspecify.annotations.NullMarked;
