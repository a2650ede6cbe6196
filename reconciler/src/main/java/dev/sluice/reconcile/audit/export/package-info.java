/// The audit for search and export: as lines of JSON, and as CSV for spreadsheets.
@NullMarked
package dev.sluice.reconcile.audit.export;

import org.jspecify.annotations.NullMarked;
