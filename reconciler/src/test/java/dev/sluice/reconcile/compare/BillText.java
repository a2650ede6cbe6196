package dev.sluice.reconcile.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A bill of WeChat Pay that a test writes row by row; the summary is right.
public final class BillText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final BigDecimal RATE = new BigDecimal("0.006");
    private final String account;
    private final List<String> rows = new ArrayList<>();
    private long paid;
    private long refunded;
    private BigDecimal fees = BigDecimal.ZERO;

    public BillText(String account) {
        this.account = account;
    }

    public BillText payment(String transaction, String tradeNo, long fen, Instant at) {
        return payment(transaction, tradeNo, fen, at, fee(fen));
    }

    public BillText payment(String transaction, String tradeNo, long fen, Instant at, BigDecimal fee) {
        paid += fen;
        return row(transaction, tradeNo, "SUCCESS", at, fee, yuan(fen), "0", "0", "0.00", yuan(fen), "0.00");
    }

    public BillText refund(String transaction, String tradeNo, String refundId, String refundNo, long fen, Instant at) {
        refunded += fen;
        return row(transaction, tradeNo, "REFUND", at, fee(fen).negate(), "0.00", refundId, refundNo, yuan(fen), "0.00", yuan(fen));
    }

    public BillText reversal(String transaction, String tradeNo, long fen, Instant at) {
        refunded += fen;
        return row(transaction, tradeNo, "REVOKED", at, fee(fen).negate(), "0.00", "R" + transaction, "0", yuan(fen), "0.00", yuan(fen));
    }

    private BillText row(String transaction, String tradeNo, String state, Instant at, BigDecimal fee, String settled, String refundId,
            String refundNo, String refundMoney, String ordered, String applied) {
        fees = fees.add(fee);
        rows.add(String.join(",`", "`" + TIME.format(at), "wx0000000000000001", account, "0", "", transaction, tradeNo, "openid", "NATIVE",
                state, "OTHERS", "CNY", settled, "0.00", refundId, refundNo, refundMoney, "0.00", "", "", "充值", "",
                fee.setScale(5).toString(),
                "0.60%", ordered, applied, ""));
        return this;
    }

    static BigDecimal fee(long fen) {
        return BigDecimal.valueOf(fen, 2).multiply(RATE).setScale(2, RoundingMode.HALF_UP);
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    public String text() {
        return "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n"
                + String.join("", rows.stream().map(row -> row + "\r\n").toList())
                + "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
                + "`%d,`%s,`%s,`0.00,`%s,`%s,`%s\r\n".formatted(rows.size(), yuan(paid), yuan(refunded), fees, yuan(paid), yuan(refunded));
    }

    public Path file(Path folder) {
        try {
            return Files.writeString(Files.createTempFile(folder, "bill", ".csv"), text(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
