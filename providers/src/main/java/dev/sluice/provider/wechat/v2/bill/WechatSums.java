package dev.sluice.provider.wechat.v2.bill;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.provider.bill.BillColumns;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillLine;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.CountedRows;

/// Adds up the columns as WeChat Pay's summary does.
final class WechatSums {
    static final String ROWS = "总交易单数";
    private static final int FEN = 2;
    private static final int FEE = 5;

    private final Map<Sum, AtomicLong> sums = new EnumMap<>(Sum.class);
    private long rows;

    /// The totals, by their names now and before.
    enum Sum {
        SETTLED(FEN, "应结订单总金额", "总交易额"), SETTLED_REFUND(FEN, "退款总金额", "总退款金额"), COUPON_REFUND(FEN, "充值券退款总金额", "总代金券或立减优惠退款金额",
                "总企业红包退款金额"),
        FEES(FEE, "手续费总金额"), ORDERED(FEN, "订单总金额"), REFUNDED(FEN, "申请退款总金额");

        private final int decimals;
        // Never written to.
        @SuppressWarnings("ImmutableEnumChecker")
        private final String[] names;

        Sum(int decimals, String... names) {
            this.decimals = decimals;
            this.names = names;
        }
    }

    static boolean isHeader(List<String> names) {
        return new BillColumns(names).find(ROWS) == 0;
    }

    void addRow() {
        rows++;
    }

    void add(Sum sum, long units) {
        sums.computeIfAbsent(sum, _ -> new AtomicLong()).addAndGet(units);
    }

    /// @param names of the summary's columns
    /// @param line  with their values: counts too are written with decimals
    /// @throws BillRejectedException when one differs, or cannot be read
    void check(List<String> names, BillLine line, CountedRows counted) throws BillRejectedException {
        var columns = new BillColumns(names);
        if (line.cutAtTicks() != columns.count()) {
            throw new BillRejectedException(BillFault.BILL_CUT, "the summary is not whole");
        }
        try {
            counted.check(ROWS, rows, line.decimal(columns.require(ROWS), 0));
            for (Sum sum : Sum.values()) {
                int column = columns.find(sum.names);
                if (column >= 0) {
                    counted.check(sum.names[0], sums.getOrDefault(sum, new AtomicLong()).get(), line.decimal(column, sum.decimals));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BillRejectedException(BillFault.BILL_CUT, "the summary is not whole");
        }
    }
}
