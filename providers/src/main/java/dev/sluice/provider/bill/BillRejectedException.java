package dev.sluice.provider.bill;

/// A file that is not a whole bill of its account and day. It is never compared.
///
/// Remedy: fetch it again; when it stays so, look at the detail.
public final class BillRejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final BillFault fault;

    /// @param detail for operators: a column, a total, the numbers of lines
    public BillRejectedException(BillFault fault, String detail) {
        super(detail.isEmpty() ? fault.name() : fault.name() + ": " + detail);
        this.fault = fault;
    }

    public BillFault fault() {
        return fault;
    }
}
