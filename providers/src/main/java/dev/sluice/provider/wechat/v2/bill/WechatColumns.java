package dev.sluice.provider.wechat.v2.bill;

import dev.sluice.provider.bill.BillColumns;
import dev.sluice.provider.bill.BillRejectedException;

/// Where the columns of WeChat Pay's table are, by their names now and before. Those that not every table has may be negative.
///
/// @param ids     of a row
/// @param refund  the columns of refunds
/// @param amounts the columns of payments' amounts and fees
/// @param free    the columns that payer and merchant write
/// @param all     how many there are
record WechatColumns(Ids ids, Refund refund, Amounts amounts, Free free, int all) {
    record Ids(int at, int account, int transactionId, int tradeNumber, int state, int currency) {}

    record Refund(int id, int number, int settled, int coupon, int applied) {}

    record Amounts(int settled, int ordered, int fee, int rate) {}

    /// @param attached directly after the name, or the text of a row that has more cells than the header cannot be found
    record Free(int name, int attached) {
        boolean areNeighbours() {
            return attached == name + 1;
        }
    }

    /// @throws BillRejectedException when one is missing that is needed
    static WechatColumns of(BillColumns columns) throws BillRejectedException {
        int settled = columns.require("应结订单金额", "总金额");
        int settledRefund = columns.find("退款金额");
        int applied = columns.find("申请退款金额");
        int ordered = columns.find("订单金额");
        return new WechatColumns(
                new Ids(columns.require("交易时间"), columns.require("商户号"), columns.require("微信订单号"), columns.require("商户订单号"),
                        columns.require("交易状态"), columns.require("货币种类")),
                // The old tables have one amount for both.
                new Refund(columns.find("微信退款单号"), columns.find("商户退款单号"), settledRefund,
                        columns.find("充值券退款金额", "代金券或立减优惠退款金额", "企业红包退款金额"), applied < 0 ? settledRefund : applied),
                new Amounts(settled, ordered < 0 ? settled : ordered, columns.require("手续费"), columns.find("费率")),
                new Free(columns.require("商品名称"), columns.require("商户数据包")), columns.count());
    }

    /// Where a column is in a row with more cells than the header has: those left of the free texts count from the left, the others from
    /// the right.
    int shifted(int column, int extra) {
        return column > free.name() ? column + extra : column;
    }
}
