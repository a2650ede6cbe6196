package dev.sluice.sandbox.bill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.trade.Provider;

import static java.nio.charset.StandardCharsets.UTF_8;

/// WeChat Pay's bill of type `ALL`: cells behind back-ticks, nothing quoted, a summary at the end. Refusals are XML, whatever was asked.
@Component
public final class WechatBill {
    private static final String HEADER = "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
            + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n";
    private static final String SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n";
    private static final String NONE = "0.00";

    private final DailyBill bill;
    private final SandboxProperties.Wechat account;

    WechatBill(DailyBill bill, SandboxProperties properties) {
        this.bill = bill;
        this.account = properties.wechat();
    }

    /// The answer to the merchant's request.
    ///
    /// @param fields of it
    public byte[] answer(Map<String, String> fields) {
        LocalDate day;
        try {
            day = LocalDate.parse(fields.getOrDefault("bill_date", ""), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            return refusal("20001", "invalid bill_date");
        }
        if (!fields.getOrDefault("bill_type", "ALL").equals("ALL")) {
            return refusal("20001", "invalid bill_type");
        }
        if (!bill.isReady(day)) {
            return refusal("20002", "Bill Creating");
        }
        List<BillRow> rows = bill.rows(Provider.WECHAT, day);
        if (rows.isEmpty()) {
            return refusal("20002", "No Bill Exist");
        }
        byte[] text = text(rows).getBytes(UTF_8);
        return fields.getOrDefault("tar_type", "").equals("GZIP") ? packed(text) : text;
    }

    /// A refusal, which is never signed.
    public static byte[] refusal(String code, String words) {
        return "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[%s]]></return_msg><error_code><![CDATA[%s]]></error_code></xml>"
                .formatted(words, code).getBytes(UTF_8);
    }

    private String text(List<BillRow> rows) {
        var text = new StringBuilder(HEADER);
        rows.forEach(row -> text.append(row(row)).append("\r\n"));
        if (bill.isCut()) {
            return text.toString();
        }
        long paid = rows.stream().filter(row -> !row.isRefund()).mapToLong(BillRow::fen).sum();
        long refunded = rows.stream().filter(BillRow::isRefund).mapToLong(BillRow::fen).sum();
        long fees = rows.stream().mapToLong(row -> row.isRefund() ? -row.feeFen() : row.feeFen()).sum();
        return text.append(SUMMARY).append("`%d,`%s,`%s,`0.00,`%s,`%s,`%s\r\n".formatted(rows.size(), Yuan.of(paid + bill.wrongFen()),
                Yuan.of(refunded), Yuan.fee(fees), Yuan.of(paid), Yuan.of(refunded))).toString();
    }

    private String row(BillRow row) {
        String paid = row.isRefund() ? NONE : Yuan.of(row.fen());
        String refunded = row.isRefund() ? Yuan.of(row.fen()) : NONE;
        return String.join(",`", "`" + BeijingTime.SPACED.write(row.at()), account.appId(), account.mchId(), "0", "", row.transactionId(),
                row.number(), "oSandboxPayer", "NATIVE", row.isRefund() ? "REFUND" : "SUCCESS", "OTHERS", "CNY", paid, NONE,
                row.isRefund() ? row.refundId() : "0", row.isRefund() ? row.refundNumber() : "0", refunded, NONE,
                row.isRefund() ? "ORIGINAL" : "", row.isRefund() ? "SUCCESS" : "", row.subject(), "",
                Yuan.fee(row.isRefund() ? -row.feeFen() : row.feeFen()), "0.60%", paid, refunded, "");
    }

    private static byte[] packed(byte[] text) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
