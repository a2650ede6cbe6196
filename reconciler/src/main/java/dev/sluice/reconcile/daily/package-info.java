/// The daily work: fetching each day's bill when it is ready, comparing it, and appending what follows.
@NullMarked
package dev.sluice.reconcile.daily;

import org.jspecify.annotations.NullMarked;
