/// The form of what operators enter: addresses, texts, pasted keys.
@NullMarked
package dev.sluice.setting.form;

import org.jspecify.annotations.NullMarked;
