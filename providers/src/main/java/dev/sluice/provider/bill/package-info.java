/// Daily bills of a provider: asking for one, and reading it row by row in constant memory.
@NullMarked
package dev.sluice.provider.bill;

import org.jspecify.annotations.NullMarked;
