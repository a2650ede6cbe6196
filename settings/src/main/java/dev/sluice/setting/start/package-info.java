/// The checks of the settings that precede the start of an app.
@NullMarked
package dev.sluice.setting.start;

import org.jspecify.annotations.NullMarked;
