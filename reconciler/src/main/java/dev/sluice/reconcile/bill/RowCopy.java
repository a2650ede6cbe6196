package dev.sluice.reconcile.bill;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Consumer;

import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRow;

/// Sends rows of a bill to PostgreSQL by `COPY`, as they are read.
final class RowCopy implements Consumer<BillRow> {
    static final String SQL = """
            copy recon.bill_row (bill_id, line, kind, identity, transaction_id, trade_no, refund_id, refund_no, minor_units, settled,
            currency, fee, expected_fee, at, ambiguous) from stdin""";

    private final CopyIn copy;
    private final long billId;
    private final BillOf of;
    private final StringBuilder lines = new StringBuilder(Limits.COPY_BYTES + 1_024);

    RowCopy(CopyIn copy, long billId, BillOf of) {
        this.copy = copy;
        this.billId = billId;
        this.of = of;
    }

    @Override
    public void accept(BillRow row) {
        BillRow.Amounts amounts = row.amounts();
        lines.append(billId).append('\t').append(row.line()).append('\t').append(row.kind()).append('\t')
                .append(row.identity(of.provider())).append('\t');
        text(row.numbers().transactionId());
        text(row.numbers().tradeNumber());
        text(row.numbers().refundId());
        text(row.numbers().refundNumber());
        lines.append(amounts.money().minorUnits()).append('\t').append(amounts.settled().minorUnits()).append('\t')
                .append(amounts.money().currency()).append('\t').append(amounts.fee()).append('\t');
        expectedFee(row);
        lines.append('\t').append(row.at()).append('\t').append(row.texts().ambiguous()).append('\n');
        if (lines.length() >= Limits.COPY_BYTES) {
            flush();
        }
    }

    private void expectedFee(BillRow row) {
        if (row.amounts().rate() < 0) {
            lines.append("\\N");
        } else {
            lines.append(row.kind() == BillRow.Kind.PAYMENT ? row.amounts().expectedFee() : -row.amounts().expectedFee());
        }
    }

    /// Any text may come in a bill: what would end a cell or a row, and what PostgreSQL does not keep, becomes a blank.
    private void text(String text) {
        int length = Math.min(text.length(), Limits.TEXT_CHARACTERS);
        for (int i = 0; i < length; i++) {
            char each = text.charAt(i);
            lines.append(each < ' ' || Character.isSurrogate(each) ? ' ' : each == '\\' ? '/' : each);
        }
        lines.append('\t');
    }

    void flush() {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        lines.setLength(0);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("rows of a bill are not stored", e);
        }
    }
}
