package dev.sluice.reconcile.bill;

/// The bounds of stored bills, each with its name.
final class Limits {
    /// Of a stored bill, compressed.
    static final int CHUNK_BYTES = 256 * 1024;
    static final int COPY_BYTES = 64 * 1024;
    /// Of PostgreSQL, for each join while a bill is stored and compared.
    static final String WORKING_MEMORY = "64MB";
    /// Of a text of a bill that a row keeps.
    static final int TEXT_CHARACTERS = 128;

    private Limits() {}
}
