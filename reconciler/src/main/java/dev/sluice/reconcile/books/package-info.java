/// The routes of reconciliation: days, differences, runs, uploads, resolutions, and the statement of a month.
@NullMarked
package dev.sluice.reconcile.books;

import org.jspecify.annotations.NullMarked;
