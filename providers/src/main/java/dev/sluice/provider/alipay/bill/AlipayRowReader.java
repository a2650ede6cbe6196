package dev.sluice.provider.alipay.bill;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.sluice.event.value.Money;
import dev.sluice.provider.bill.BillColumns;
import dev.sluice.provider.bill.BillLine;
import dev.sluice.provider.bill.BillLines;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTime;
import dev.sluice.provider.bill.CountedRows;

/// Reads the rows of Alipay's table. Refunds have negative amounts, and payments negative fees.
final class AlipayRowReader {
    private static final int FEN = 2;
    private static final int FEE = 5;
    private static final long NO_RATE = -1;

    private final Columns columns;
    private final Charset charset;
    private final Map<BillRow.Kind, Sum> sums = new EnumMap<>(BillRow.Kind.class);

    /// @param ids    of a row
    /// @param times  of a row
    /// @param money  ordered and settled
    private record Columns(Ids ids, Times times, Amounts money, int name, int remark, int count) {}

    private record Ids(int transactionId, int tradeNumber, int kind, int refundNumber) {}

    private record Times(int created, int finished) {}

    private record Amounts(int ordered, int settled, int fee) {}

    private record Sum(long rows, long settled) {}

    /// @throws BillRejectedException when a column is missing
    AlipayRowReader(BillColumns header, Charset charset) throws BillRejectedException {
        columns = new Columns(
                new Ids(header.require("支付宝交易号"), header.require("商户订单号"), header.require("业务类型"),
                        header.require("退款批次号/请求号", "退款批次号")),
                new Times(header.require("创建时间"), header.require("完成时间")),
                new Amounts(header.require("订单金额（元）", "交易金额"), header.require("商家实收（元）"), header.require("服务费（元）")),
                header.require("商品名称"), header.find("备注"), header.count());
        this.charset = charset;
    }

    void read(BillLines lines, CountedRows counted, Consumer<BillRow> rows) {
        if (lines.line().cutAtCommas() != columns.count()) {
            counted.addUnreadable(lines.number());
            return;
        }
        BillRow row;
        try {
            row = row(lines.line(), lines.number());
        } catch (IllegalArgumentException | DateTimeException e) {
            counted.addUnreadable(lines.number());
            return;
        }
        sums.merge(row.kind(), new Sum(1, row.amounts().settled().minorUnits()),
                (one, other) -> new Sum(one.rows() + other.rows(), one.settled() + other.settled()));
        counted.add(row);
        rows.accept(row);
    }

    /// Compares the provider's totals of a kind.
    ///
    /// @param settled in yuan, negative for refunds
    /// @throws BillRejectedException when they differ
    void check(CountedRows counted, BillRow.Kind kind, String count, String settled) throws BillRejectedException {
        Sum ours = sums.getOrDefault(kind, new Sum(0, 0));
        String unsigned = settled.startsWith("-") ? settled.substring(1) : settled;
        counted.check("number of rows, " + kind, ours.rows(), Long.parseLong(count));
        counted.check("settled, " + kind, ours.settled(), Money.parseYuan(unsigned).minorUnits());
    }

    private BillRow row(BillLine line, int number) {
        BillRow.Kind kind = switch (text(line, columns.ids().kind())) {
            case "交易" -> BillRow.Kind.PAYMENT;
            case "退款" -> BillRow.Kind.REFUND;
            default -> throw new IllegalArgumentException("neither a payment nor a refund");
        };
        int direction = kind == BillRow.Kind.PAYMENT ? 1 : -1;
        var amounts = new BillRow.Amounts(Money.ofFen(direction * line.decimal(columns.money().ordered(), FEN)),
                Money.ofFen(direction * line.decimal(columns.money().settled(), FEN)), -line.decimal(columns.money().fee(), FEE), NO_RATE);
        var numbers = new BillRow.Numbers(text(line, columns.ids().transactionId()), text(line, columns.ids().tradeNumber()), "",
                kind == BillRow.Kind.PAYMENT ? "" : text(line, columns.ids().refundNumber()));
        return new BillRow(number, kind, numbers, amounts, BillTime.parse(text(line, columns.times().finished())),
                BillTime.parse(text(line, columns.times().created())),
                new BillRow.Texts(text(line, columns.name()), columns.remark() < 0 ? "" : text(line, columns.remark()), false));
    }

    private String text(BillLine line, int column) {
        return line.cell(column, charset);
    }
}
