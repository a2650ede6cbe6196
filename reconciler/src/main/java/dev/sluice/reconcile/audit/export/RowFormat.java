package dev.sluice.reconcile.audit.export;

import java.util.List;

import org.springframework.http.MediaType;

import dev.sluice.reconcile.audit.ChainedRow;

/// How rows are written.
interface RowFormat {
    MediaType mediaType();

    /// Of a file.
    String extension();

    /// What stands before the first row.
    byte[] begin();

    byte[] write(List<ChainedRow> rows);
}
