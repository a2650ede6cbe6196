/// The texts that people read, in Chinese and English.
@NullMarked
package dev.sluice.text;

import org.jspecify.annotations.NullMarked;
