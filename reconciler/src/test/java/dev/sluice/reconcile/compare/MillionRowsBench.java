package dev.sluice.reconcile.compare;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;
import dev.sluice.reconcile.bill.StoredBill;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// Reads, stores and compares a bill of a million rows, on a real PostgreSQL, and prints how long each part took. To be run by its name, with
/// a heap of 256 MiB; the argument is the number of rows.
final class MillionRowsBench {
    private static final String HEADER = "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n";
    private static final int FEN = 7_300;
    private static final int BATCH = 20_000;

    private MillionRowsBench() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("bench");
        try (var rows = new BillRows()) {
            Path file = write(folder.resolve("bill.csv"), count);
            fill(rows, count);
            System.out.printf("%,d rows, %,d MB, heap of %,d MB%n", count, Files.size(file) >> 20, Runtime.getRuntime().maxMemory() >> 20);
            BillFormat format = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow().bills().orElseThrow();
            Instant began = Instant.now();
            BillTotals totals = format.read(file, BillRows.of(BillRows.DAY), _ -> {});
            print("read alone", began);
            began = Instant.now();
            StoredBill bill = rows.compare(BillRows.DAY, file);
            print("read, stored and compared", began);
            if (!bill.totals().equals(totals) || totals.payments() + totals.refunds() != count) {
                throw new IllegalStateException("not all rows were read: " + totals);
            }
            began = Instant.now();
            rows.compareLog(BillRows.DAY);
            print("log compared", began);
            began = Instant.now();
            rows.compare(BillRows.DAY, file);
            print("compared again", began);
            System.out.println("open: " + rows.jdbc().sql("select kind || ' ' || count(*) from recon.discrepancy group by kind order by 1")
                    .query(String.class).list());
        } finally {
            Files.delete(folder.resolve("bill.csv"));
        }
    }

    private static void print(String part, Instant began) {
        System.out.printf(Locale.ROOT, "%s: %.1f s%n", part, Duration.between(began, Instant.now()).toMillis() / 1000.0);
    }

    private static String transaction(int i) {
        return "42000099012026031500%08d".formatted(i);
    }

    private static String number(int i) {
        return "01KKPH6J7GPJRZEZEH%08d".formatted(i);
    }

    /// In no order of time; one of a hundred is a refund.
    private static Path write(Path file, int count) throws IOException {
        int refunds = count / 100;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (int i = 0; i < count; i++) {
                int id = (int) ((i * 7_919L) % count);
                boolean refund = i < refunds;
                out.write(
                        "`2026-11-22 %02d:%02d:%02d,`wx0000000000000001,`1900000001,`0,`,`%s,`%s,`oSLU1ce11xQ8mZk4Tn7bWv2RdYpH,`NATIVE,`%s,`OTHERS,`CNY,`%s,`0.00,`%s,`%s,`%s,`0.00,`,`,`API 额度 73 元,`,`%s,`0.60%%,`%s,`%s,`\r\n"
                                .formatted(id / 3600 % 24, id / 60 % 60, id % 60, transaction(refund ? i : id), number(refund ? i : id),
                                        refund ? "REFUND" : "SUCCESS", refund ? "0.00" : "73.00", refund ? "5%08d".formatted(i) : "0",
                                        refund ? "R%08d".formatted(i) : "0", refund ? "1.00" : "0.00", refund ? "-0.01000" : "0.44000",
                                        refund ? "0.00" : "73.00", refund ? "1.00" : "0.00"));
            }
            long payments = (long) count - refunds;
            out.write("总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n`%d,`%d.00,`%d.00,`0.00,`%d.%02d,`%d.00,`%d.00\r\n"
                    .formatted(count, payments * 73, refunds, (payments * 44 - refunds) / 100, (payments * 44 - refunds) % 100,
                            payments * 73,
                            refunds));
        }
        return file;
    }

    /// What the log has: all of it but three payments. The bill lacks the payments that it has refunds of.
    private static void fill(BillRows rows, int count) {
        for (int from = 0; from < count; from += BATCH) {
            List<String> identities = new ArrayList<>();
            List<String> refunds = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                identities.add(BillRow.identity(Providers.WECHAT, BillRow.Kind.PAYMENT, transaction(i), number(i)).toString());
                refunds.add(BillRow.identity(Providers.WECHAT, BillRow.Kind.REFUND, transaction(i), "R%08d".formatted(i)).toString());
            }
            rows.jdbc().sql("""
                    insert into recon.logged_payment (identity, provider, account, transaction_id, trade_no, minor_units, currency, day,
                        outcome, quota, credited_at)
                    select i::uuid, 'wechat', :account, '42000099012026031500' || lpad((:from + n - 1)::text, 8, '0'),
                        '01KKPH6J7GPJRZEZEH' || lpad((:from + n - 1)::text, 8, '0'), :fen, 'CNY', '2026-11-22', 'CREDITED', 500, now()
                    from unnest(:identities::text[]) with ordinality as o (i, n) where :from + n - 1 not in (500, 501, 502)""")
                    .param("account", Facts.MERCHANT.merchantId()).param("from", from).param("fen", FEN)
                    .param("identities", identities.toArray(String[]::new)).update();
            rows.jdbc().sql("""
                    insert into recon.logged_order (trade_no, provider, app_id, account, minor_units, currency, created_at)
                    select '01KKPH6J7GPJRZEZEH' || lpad(i::text, 8, '0'), 'wechat', 'wx', :account, :fen, 'CNY', '2026-11-22T01:00:00Z'
                    from generate_series(:from, :to - 1) as i""")
                    .param("account", Facts.MERCHANT.merchantId()).param("from", from).param("fen", FEN)
                    .param("to", Math.min(count, from + BATCH)).update();
            if (from < count / 100) {
                rows.jdbc().sql("""
                        insert into recon.logged_refund (trade_no, refund_no, identity, provider, account, transaction_id, minor_units,
                            currency, state, day)
                        select '01KKPH6J7GPJRZEZEH' || lpad((:from + n - 1)::text, 8, '0'), 'R' || lpad((:from + n - 1)::text, 8, '0'),
                            i::uuid, 'wechat', :account, '42000099012026031500' || lpad((:from + n - 1)::text, 8, '0'), 100, 'CNY',
                            'SUCCEEDED', '2026-11-22'
                        from unnest(:identities::text[]) with ordinality as o (i, n) where :from + n - 1 < :refunds""")
                        .param("account", Facts.MERCHANT.merchantId()).param("from", from).param("refunds", count / 100)
                        .param("identities", refunds.toArray(String[]::new)).update();
            }
        }
    }
}
