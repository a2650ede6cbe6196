package dev.sluice.provider.wechat.v2.bill;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;

import dev.sluice.event.value.Money;
import dev.sluice.provider.bill.BillColumns;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillLine;
import dev.sluice.provider.bill.BillLines;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTime;
import dev.sluice.provider.bill.CountedRows;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads the rows of WeChat Pay's table. A name or an attached text may contain what separates cells: then the cells on both sides of them
/// are still certain, and what is between them is kept as it stands.
final class WechatRowReader {
    private static final int FEN = 2;
    private static final int FEE = 5;
    private static final int PERCENT = 3;
    private static final long UNKNOWN = -1;

    private final WechatColumns columns;
    private final BillOf of;
    private final WechatSums sums = new WechatSums();

    /// @throws BillRejectedException when a column is missing
    WechatRowReader(List<String> header, BillOf of) throws BillRejectedException {
        this.columns = WechatColumns.of(new BillColumns(header));
        this.of = of;
    }

    WechatSums sums() {
        return sums;
    }

    /// @throws BillRejectedException when the row is another account's
    void read(BillLines lines, CountedRows counted, Consumer<BillRow> rows) throws BillRejectedException {
        int extra = lines.line().cutAtTicks() - columns.all();
        if (extra < 0 || (extra > 0 && !columns.free().areNeighbours())) {
            counted.addUnreadable(lines.number());
            return;
        }
        BillRow row;
        try {
            row = new Row(lines.line(), extra).read(lines.number());
        } catch (IllegalArgumentException | DateTimeException e) {
            counted.addUnreadable(lines.number());
            return;
        }
        counted.add(row);
        rows.accept(row);
    }

    /// A row, with as many cells more than the header.
    private final class Row {
        private final BillLine line;
        private final int extra;

        private Row(BillLine line, int extra) {
            this.line = line;
            this.extra = extra;
        }

        BillRow read(int number) throws BillRejectedException {
            if (!text(columns.ids().account()).equals(of.account())) {
                throw new BillRejectedException(BillFault.BILL_OF_ANOTHER_ACCOUNT, "line " + number);
            }
            BillRow.Kind kind = kind();
            Instant at = BillTime.parse(text(columns.ids().at()));
            // All of it is read before any of it is added up.
            BillRow row = new BillRow(number, kind, numbers(kind), amounts(kind), at, at, texts());
            add(WechatSums.Sum.SETTLED, columns.amounts().settled());
            add(WechatSums.Sum.ORDERED, columns.amounts().ordered());
            add(WechatSums.Sum.SETTLED_REFUND, columns.refund().settled());
            add(WechatSums.Sum.COUPON_REFUND, columns.refund().coupon());
            add(WechatSums.Sum.REFUNDED, columns.refund().applied());
            sums.add(WechatSums.Sum.FEES, row.amounts().fee());
            sums.addRow();
            return row;
        }

        private void add(WechatSums.Sum sum, int column) {
            sums.add(sum, fen(column));
        }

        /// The direction of the money is here alone: all amounts are positive.
        private BillRow.Kind kind() {
            int state = at(columns.ids().state());
            if (line.cellIs(state, "SUCCESS")) {
                return BillRow.Kind.PAYMENT;
            }
            if (line.cellIs(state, "REFUND")) {
                return BillRow.Kind.REFUND;
            }
            if (line.cellIs(state, "REVOKED")) {
                return BillRow.Kind.REVERSAL;
            }
            throw new IllegalArgumentException("not a state");
        }

        private BillRow.Numbers numbers(BillRow.Kind kind) {
            boolean isPayment = kind == BillRow.Kind.PAYMENT;
            return new BillRow.Numbers(text(columns.ids().transactionId()), text(columns.ids().tradeNumber()),
                    isPayment ? "" : number(columns.refund().id()), isPayment ? "" : number(columns.refund().number()));
        }

        /// `0` stands for none.
        private String number(int column) {
            String number = column < 0 ? "" : text(column);
            return number.equals("0") ? "" : number;
        }

        private BillRow.Amounts amounts(BillRow.Kind kind) {
            long ordered = fen(columns.amounts().ordered());
            long settled = fen(columns.amounts().settled());
            long applied = fen(columns.refund().applied());
            long settledRefund = fen(columns.refund().settled());
            long fee = line.decimal(at(columns.amounts().fee()), FEE);
            return switch (kind) {
                case PAYMENT -> amounts(ordered, settled, fee);
                case REFUND -> amounts(applied, settledRefund, fee);
                // No row of the current layout was seen: the first amount that there is.
                case REVERSAL -> amounts(firstOf(applied, settledRefund, ordered), firstOf(settledRefund, applied, settled), fee);
            };
        }

        private BillRow.Amounts amounts(long money, long settled, long fee) {
            int cell = at(columns.ids().currency());
            Currency currency = line.cellIs(cell, "CNY") ? Money.CNY : Currency.getInstance(line.cell(cell, UTF_8));
            return new BillRow.Amounts(new Money(money, currency), new Money(settled, currency), fee, rate());
        }

        private static long firstOf(long first, long second, long third) {
            return first != 0 ? first : second != 0 ? second : third;
        }

        /// Some old tables have no `%`: what the number means then is unknown.
        private long rate() {
            if (columns.amounts().rate() < 0) {
                return UNKNOWN;
            }
            int cell = at(columns.amounts().rate());
            return line.cellEndsWith(cell, '%') ? line.decimal(cell, PERCENT) : UNKNOWN;
        }

        private BillRow.Texts texts() {
            int name = columns.free().name();
            int attached = columns.free().attached();
            return extra == 0
                    ? new BillRow.Texts(line.cell(name, UTF_8), line.cell(attached, UTF_8), false)
                    : new BillRow.Texts(line.cells(name, attached + extra, UTF_8), "", true);
        }

        private long fen(int column) {
            return column < 0 ? 0 : line.decimal(at(column), FEN);
        }

        private String text(int column) {
            return line.cell(at(column), UTF_8);
        }

        private int at(int column) {
            return columns.shifted(column, extra);
        }
    }
}
