package dev.sluice.reconcile.audit.export;

import java.util.List;

import dev.sluice.reconcile.audit.AuditRows;
import dev.sluice.reconcile.audit.ChainedRow;
import dev.sluice.reconcile.audit.Search;

/// The rows of a search, read as their reader asks for them: some hundred rows with one statement each, so that a slow reader holds neither
/// rows nor a connection, and no old version of them in the database.
final class Pages {
    private final AuditRows rows;
    private Search search;
    private List<ChainedRow> page = List.of();
    private int next;
    private boolean ended;

    Pages(AuditRows rows, Search search) {
        this.rows = rows;
        this.search = search;
    }

    /// The next rows; none at the end.
    List<ChainedRow> some() {
        if (next == page.size() && !ended) {
            int most = search.withValues() ? Limits.ROWS_WITH_VALUES_READ_AT_ONCE : Limits.ROWS_READ_AT_ONCE;
            page = rows.search(search, most);
            next = 0;
            ended = page.size() < most;
            if (!page.isEmpty()) {
                search = search.after(page.getLast().row());
            }
        }
        int end = Math.min(page.size(), next + Limits.ROWS_OF_A_PIECE);
        List<ChainedRow> piece = page.subList(next, end);
        next = end;
        return piece;
    }
}
