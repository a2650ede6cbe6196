/// Facts about the books: the providers' bills, what was decided about their differences, the audit stream.
@NullMarked
package dev.sluice.event.books;

import org.jspecify.annotations.NullMarked;
