package dev.sluice.provider.wechat.v2.bill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;
import dev.sluice.provider.bill.ReadBill;
import dev.sluice.provider.wechat.account.WechatSettings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WechatBillFormatTest {
    private static final BillOf REAL = of("1921000401", "2019-02-19");
    private static final BillOf FOURTEENTH = of("1900088001", "2026-03-14");
    private static final BillOf FIFTEENTH = of("1900088001", "2026-03-15");
    /// In fen, fees in thousandths of one.
    private static final BillTotals OF_REAL = new BillTotals(31, 14, Money.ofFen(47), Money.ofFen(14), 33, 8_000);

    private static BillOf of(String account, String day) {
        return new BillOf(WechatSettings.PROVIDER, new Merchant("wx0a1b2c3d4e5f6071", account), LocalDate.parse(day));
    }

    private static ReadBill read(BillOf of, byte[] bytes) throws BillRejectedException {
        return ReadBill.of(new WechatBillFormat(), of, bytes);
    }

    private static String text(String sample) {
        return new String(ReadBill.sample(sample), UTF_8);
    }

    private static ReadBill changed(String sample, BillOf of, UnaryOperator<String> change) throws BillRejectedException {
        String text = text(sample);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        return read(of, changed.getBytes(UTF_8));
    }

    private static void assertFault(BillFault fault, BillOf of, byte[] bytes, String detail) {
        assertThatThrownBy(() -> read(of, bytes)).isInstanceOfSatisfying(BillRejectedException.class, rejected -> {
            assertThat(rejected.fault()).isEqualTo(fault);
            assertThat(rejected).hasMessageContaining(detail);
        });
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void readsTheRealBillPlainAndPacked() throws Exception {
        byte[] bytes = ReadBill.sample("wx_bill.ALL.csv");

        ReadBill plain = read(REAL, bytes);

        assertThat(plain.totals()).isEqualTo(OF_REAL);
        assertThat(plain.totals().net()).isEqualTo(25_000);
        assertThat(plain.rows()).hasSize(45).doesNotHaveDuplicates();
        assertThat(plain.rows().stream().map(row -> row.numbers().tradeNumber()).distinct()).hasSize(45);
        assertThat(plain.rows().stream().filter(row -> row.numbers().transactionId().endsWith("134235"))).hasSize(2);
        assertThat(plain.rows().stream().filter(row -> row.numbers().transactionId().endsWith("134267"))).hasSize(2);
        assertThat(read(REAL, packed(bytes))).isEqualTo(plain);
    }

    @Test
    void takesOtherLineEndsAndNoMark() throws Exception {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(text -> text.replace("\r\n", "\n"),
                text -> text.substring(1), String::stripTrailing, text -> text + "\r\n\r\n")) {
            assertThat(changed("wx_bill.ALL.csv", REAL, change).totals()).isEqualTo(OF_REAL);
        }
    }

    /// The buffer's edges fall on every byte of a row in turn.
    @Test
    void readsAcrossTheEdgesOfItsBuffer() throws Exception {
        String[] lines = text("wx_bill.ALL.csv").split("\r\n", -1);
        int times = 30;
        for (int padding = 0; padding < 400; padding += 7) {
            String padded = lines[1].replace("`autotest", "`" + "x".repeat(padding) + "autotest");
            String bill = lines[0] + "\r\n" + padded + "\r\n"
                    + (String.join("\r\n", Arrays.copyOfRange(lines, 1, 46)) + "\r\n").repeat(times)
                    + lines[46] + "\r\n`%d,`%.2f,`%.2f,`0.0,`%.2f,`%.2f,`%.2f".formatted(45 * times + 1, 0.47 * times,
                            0.14 * times + refunded(lines[1]), 0.08 * times, 0.47 * times, 0.14 * times + refunded(lines[1]));

            assertThat(read(REAL, bill.getBytes(UTF_8)).rows()).hasSize(45 * times + 1);
        }
    }

    private static double refunded(String row) {
        assertThat(row).contains("`REFUND,").contains(",`0.00000,");
        return 0.01;
    }

    @Test
    void readsTheTablesOfPaymentsAndOfRefunds() throws Exception {
        ReadBill payments = read(FOURTEENTH, ReadBill.sample("wx_bill.SUCCESS.csv"));
        ReadBill refunds = read(FOURTEENTH, ReadBill.sample("wx_bill.REFUND.csv"));

        assertThat(payments.totals()).isEqualTo(new BillTotals(7, 0, Money.ofFen(20_479), Money.ofFen(0), 19_979, 120_000));
        assertThat(refunds.totals()).isEqualTo(new BillTotals(0, 6, Money.ofFen(0), Money.ofFen(12_488), -11_988, -72_000));
        assertThat(payments.totals().net() + refunds.totals().net()).isEqualTo(7_943_000);
        assertThat(refunds.rows()).extracting(row -> row.numbers().refundNumber()).contains("1900088001202603140000000017");
    }

    /// A real table of payments had the summary of all.
    @Test
    void takesAnySummary() throws Exception {
        assertThat(changed("wx_bill.SUCCESS.csv", FOURTEENTH, text -> text.replace("总交易单数,应结订单总金额,手续费总金额,订单总金额",
                "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额").replace("`7.0,`199.79,`1.20000,`204.79",
                        "`7.0,`199.79,`0.0,`0,`1.2,`204.79,`0.00"))
                .totals().payments()).isEqualTo(7);
    }

    @Test
    void readsColumnsByTheirNames() throws Exception {
        String[] lines = text("wx_bill.ALL.csv").split("\r\n", -1);
        List<Integer> order = IntStream.range(0, 27).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, new Random(12));
        var bill = new StringBuilder(shuffled(lines[0].substring(1).split(",", -1), order, "")).append(",新列\n");
        for (int i = 1; i <= 45; i++) {
            bill.append('`').append(shuffled(lines[i].substring(1).split(",`", -1), order, "`")).append(",`new\n");
        }
        bill.append(lines[46]).append('\n').append(lines[47]);

        assertThat(read(REAL, bill.toString().getBytes(UTF_8)).totals()).isEqualTo(OF_REAL);
    }

    private static String shuffled(String[] cells, List<Integer> order, String tick) {
        return order.stream().map(column -> cells[column]).collect(Collectors.joining("," + tick));
    }

    @Test
    void readsTheOlderLayouts() throws Exception {
        for (String[] names : List.of(new String[]{"子商户号", "代金券或立减优惠金额", "代金券或立减优惠退款金额", "总代金券或立减优惠退款金额"},
                new String[]{"子商户号", "企业红包金额", "企业红包退款金额", "总企业红包退款金额"})) {
            String bill = "交易时间,公众账号ID,商户号,%s,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,%s,微信退款单号,商户退款单号,退款金额,%s,退款类型,退款状态,商品名称,商户数据包,手续费,费率\r\n"
                    .formatted(names[0], names[1], names[2])
                    + "`2026-03-14  10:00:00,`wx,`1900088001,`0,`,`4001,`A,`o,`NATIVE,`SUCCESS,`CFT,`CNY,`10,`0,`,`,`0,`0.0,`,`,`n,`,`0.06000,`0.60\r\n"
                    + "`2026-03-14 11:00:00,`wx,`1900088001,`0,`,`4001,`A,`o,`NATIVE,`REFUND,`CFT,`CNY,`0.0,`0.0,`5001,`RA,`4.00,`0,`,`,`n,`,`-0.02000,`0.60%\r\n"
                    + "总交易单数,总交易额,总退款金额,%s,手续费总金额\r\n`2,`10.00,`4.0,`0.00,`0.04000\r\n".formatted(names[3]);

            ReadBill read = read(FOURTEENTH, bill.getBytes(UTF_8));

            assertThat(read.totals()).isEqualTo(new BillTotals(1, 1, Money.ofFen(1_000), Money.ofFen(400), 600, 4_000));
            assertThat(read.rows().getFirst().amounts().rate()).as("percent or not").isNegative();
        }
    }

    @Test
    void namesAMissingColumn() {
        byte[] bill = text("wx_bill.ALL.csv").replace("微信订单号", "订单").getBytes(UTF_8);

        assertFault(BillFault.BILL_COLUMN_MISSING, REAL, bill, "微信订单号");
    }

    @Test
    void keepsFreeTextAsItStands() throws Exception {
        List<BillRow> rows = read(FIFTEENTH, ReadBill.sample("wx_bill.ALL.2.csv")).rows();

        assertThat(rows).extracting(row -> row.texts().name()).startsWith("API 额度 66 元", "API 额度 30 元, 新人礼包", "额度`A`包 \"10元\"",
                "充值,`特惠` 12 元,`", "API 额度 25 元");
        assertThat(rows.get(4).texts().attached()).isEqualTo("user=7,src=web");
        assertThat(rows).filteredOn(row -> row.texts().ambiguous()).singleElement()
                .satisfies(row -> assertThat(row.amounts())
                        .isEqualTo(new BillRow.Amounts(Money.ofFen(1_200), Money.ofFen(1_200), 7_000, 600)));
        assertThat(rows.getLast().texts().name()).isEqualTo("第一行\\n第二行");
    }

    @Test
    void readsTheDirectionFromTheStateAlone() throws Exception {
        ReadBill read = read(FIFTEENTH, ReadBill.sample("wx_bill.ALL.2.csv"));

        assertThat(read.count(BillRow.Kind.PAYMENT)).isEqualTo(9);
        assertThat(read.count(BillRow.Kind.REFUND)).isEqualTo(2);
        assertThat(read.count(BillRow.Kind.REVERSAL)).isEqualTo(1);
        assertThat(read.totals()).isEqualTo(new BillTotals(9, 3, Money.ofFen(23_600), Money.ofFen(7_300), 16_300, 98_000));
        assertThat(read.totals().net()).isEqualTo(16_202_000);
        BillRow refund = read.rows().get(6);
        assertThat(refund.amounts().money()).as("applied for").isEqualTo(Money.ofFen(5_000));
        assertThat(refund.amounts().settled()).as("with a coupon").isEqualTo(Money.ofFen(4_000));
        assertThat(read.rows().get(8).numbers()).isEqualTo(new BillRow.Numbers("4200009901202603150000000017", "POS20260315000017",
                "5030009901202603150000000002", ""));
        assertThat(read.rows().getFirst().at()).isEqualTo(Instant.parse("2026-03-14T16:00:08Z"));
    }

    @Test
    void namesALineThatIsNotWhole() {
        String[] lines = text("wx_bill.ALL.csv").split("\r\n", -1);
        lines[7] = lines[7].substring(0, lines[7].lastIndexOf(",`"));

        assertFault(BillFault.BILL_TOTALS_DIFFER, REAL, String.join("\r\n", lines).getBytes(UTF_8), "[8]");
    }

    @Test
    void rejectsTotalsThatDiffer() {
        String real = text("wx_bill.ALL.csv");

        assertFault(BillFault.BILL_TOTALS_DIFFER, REAL, real.replace("`45.0,`0.47,", "`45.0,`0.48,").getBytes(UTF_8), "应结订单总金额");
        assertFault(BillFault.BILL_TOTALS_DIFFER, REAL, real.replace("`0.08,`0.47,`0.14", "`0.08001,`0.47,`0.14").getBytes(UTF_8), "手续费");
        assertFault(BillFault.BILL_TOTALS_DIFFER, REAL, real.replace("`45.0,", "`46.0,").getBytes(UTF_8), "总交易单数");
    }

    @Test
    void rejectsACutFile() throws Exception {
        byte[] real = ReadBill.sample("wx_bill.ALL.csv");
        byte[] packed = packed(real);

        assertFault(BillFault.BILL_CUT, REAL, Arrays.copyOf(packed, packed.length / 2), "");
        assertFault(BillFault.BILL_CUT, REAL, text("wx_bill.ALL.csv").split("总交易单数", 2)[0].getBytes(UTF_8), "end");
        for (int length = 1; length < real.length; length += 97) {
            byte[] cut = Arrays.copyOf(real, length);
            assertThatThrownBy(() -> read(REAL, cut)).isInstanceOf(BillRejectedException.class);
        }
    }

    @Test
    void rejectsTheBillOfAnotherAccountOrDay() {
        assertFault(BillFault.BILL_OF_ANOTHER_ACCOUNT, of("1900088001", "2019-02-19"), ReadBill.sample("wx_bill.ALL.csv"), "line 2");
        assertFault(BillFault.BILL_OF_ANOTHER_DAY, of("1921000401", "2019-02-20"), ReadBill.sample("wx_bill.ALL.csv"), "");
    }

    @Test
    void rejectsALineWithoutEnd() {
        assertFault(BillFault.BILL_TOO_LARGE, REAL, ("交易时间" + "x".repeat(600_000)).getBytes(UTF_8), "line 1");
    }

    @Test
    void anEmptyTableIsAnEmptyDay() throws Exception {
        String[] lines = text("wx_bill.ALL.csv").split("\r\n", -1);

        assertThat(read(REAL, (lines[0] + "\r\n" + lines[46] + "\r\n`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00").getBytes(UTF_8)).totals()
                .isEmpty()).isTrue();
    }

    /// WeChat Pay's own sandbox.
    @Test
    void takesNumbersInScientificNotation() throws Exception {
        assertThat(changed("wx_bill.ALL.2.csv", FIFTEENTH, text -> text.replace("4200009901202603150000000011", "4.00123E+27")).rows()
                .getFirst().numbers().transactionId()).isEqualTo("4.00123E+27");
    }

    @Test
    void roundsTheExpectedFeeHalfUp() throws Exception {
        List<BillRow> rows = read(FOURTEENTH, ReadBill.sample("wx_bill.SUCCESS.csv")).rows();

        assertThat(rows).allSatisfy(row -> assertThat(row.amounts().expectedFee()).isEqualTo(row.amounts().fee()));
        assertThat(rows).extracting(row -> row.amounts().fee()).contains(4_000L, 0L, 5_000L, 27_000L);
    }

    /// The identity of a payment is its own and its order's: a real bill has transactions of two orders each.
    @Test
    void eachRowHasAnIdentityOfItsOwn() throws Exception {
        assertThat(read(REAL, ReadBill.sample("wx_bill.ALL.csv")).rows().stream().map(row -> row.identity(REAL.provider())).distinct())
                .hasSize(45);
    }
}
