package dev.sluice.sandbox.bill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.trade.Provider;

/// Alipay's bill of trades: an archive of two tables in GBK, with names in GBK.
@Component
public final class AlipayBill {
    private static final Charset GBK = Charset.forName("GBK");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu年MM月dd日 00:00:00");
    private static final String HEADER = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,"
            + "集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n";

    private final DailyBill bill;
    private final String account;
    private final Clock clock;

    AlipayBill(DailyBill bill, SandboxProperties properties, Clock clock) {
        this.bill = bill;
        this.account = properties.alipay().sellerId() + "0156";
        this.clock = clock;
    }

    /// What there is of a day.
    public enum State {
        NOT_READY, EMPTY, READY
    }

    /// Whether a bill of the day can be downloaded.
    public State state(LocalDate day) {
        if (!bill.isReady(day)) {
            return State.NOT_READY;
        }
        return bill.rows(Provider.ALIPAY, day).isEmpty() ? State.EMPTY : State.READY;
    }

    /// The archive.
    public byte[] archive(LocalDate day) {
        String name = account + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + "_业务明细";
        var bytes = new ByteArrayOutputStream();
        try (var archive = new ZipOutputStream(bytes, GBK)) {
            archive.putNextEntry(new ZipEntry(name + ".csv"));
            archive.write(table(day).getBytes(GBK));
            archive.putNextEntry(new ZipEntry(name + "(汇总).csv"));
            archive.write("#支付宝业务汇总查询\r\n".getBytes(GBK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String table(LocalDate day) {
        List<BillRow> rows = bill.rows(Provider.ALIPAY, day);
        var text = new StringBuilder("#支付宝业务明细查询\r\n#账号：[" + account + "]\r\n#起始日期：[" + day.format(DAY) + "]   终止日期：["
                + day.plusDays(1).format(DAY)
                + "]\r\n#-----------------------------------------业务明细列表----------------------------------------\r\n"
                + HEADER);
        rows.forEach(row -> text.append(row(row)).append("\r\n"));
        if (bill.isCut()) {
            return text.toString();
        }
        List<BillRow> refunds = rows.stream().filter(BillRow::isRefund).toList();
        long refunded = refunds.stream().mapToLong(BillRow::fen).sum();
        long paid = rows.stream().mapToLong(BillRow::fen).sum() - refunded;
        return text.append("#-----------------------------------------业务明细列表结束------------------------------------\r\n")
                .append("#交易合计：").append(rows.size() - refunds.size()).append("笔，商家实收共").append(Yuan.of(paid + bill.wrongFen()))
                .append("元，商家优惠共0.00元\r\n#退款合计：").append(refunds.size()).append("笔，商家实收退款共").append(Yuan.of(-refunded))
                .append("元，商家优惠退款共0.00元\r\n#导出时间：[").append(BeijingTime.SPACED.write(clock.instant())).append("]\r\n").toString();
    }

    /// Cells have tabs behind them, as in reality; a comma of the subject becomes a wide one.
    private static String row(BillRow row) {
        String fen = Yuan.of(row.isRefund() ? -row.fen() : row.fen());
        String at = BeijingTime.SPACED.write(row.at());
        return String.join(",", row.transactionId() + "\t", row.number() + "\t", (row.isRefund() ? "退款" : "交易") + "\t",
                row.subject().replace(',', '，'), at, at, "\t", "\t", "\t", "\t", "*三(138******00)\t", fen, fen, "0.00", "0.00", "0.00",
                "0.00",
                "0.00", "", "0.00\t", "0.00", row.refundNumber() + "\t", row.isRefund() ? "0.00" : Yuan.of(-row.feeFen()), "0.00", "");
    }
}
