package dev.sluice.provider.alipay.bill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.provider.alipay.account.AlipaySettings;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;
import dev.sluice.provider.bill.ReadBill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlipayBillFormatTest {
    private static final Charset GBK = Charset.forName("GB18030");
    private static final BillOf FOURTEENTH = of("2088123456789012", "2026-03-14");
    private static final BillTotals TOTALS = new BillTotals(4, 3, Money.ofFen(22_180), Money.ofFen(5_800), 15_880, 130_000);

    private static BillOf of(String account, String day) {
        return new BillOf(AlipaySettings.PROVIDER, new Merchant("9021000122682882", account), LocalDate.parse(day));
    }

    private static ReadBill read(BillOf of, byte[] bytes) throws BillRejectedException {
        return ReadBill.of(new AlipayBillFormat(), of, bytes);
    }

    private static byte[] changed(UnaryOperator<String> change) {
        String text = new String(ReadBill.sample("alipay_trade_bill.csv"), GBK);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        return changed.getBytes(GBK);
    }

    private static void assertFault(BillFault fault, BillOf of, byte[] bytes) {
        assertThatThrownBy(() -> read(of, bytes))
                .isInstanceOfSatisfying(BillRejectedException.class, rejected -> assertThat(rejected.fault()).isEqualTo(fault));
    }

    @FunctionalInterface
    private interface Entries {
        void write(ZipOutputStream archive) throws IOException;
    }

    private static byte[] archive(Entries entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new ZipOutputStream(bytes, Charset.forName("GBK"))) {
            entries.write(archive);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream archive, String name, byte[] content) throws IOException {
        archive.putNextEntry(new ZipEntry(name));
        archive.write(content);
        archive.closeEntry();
    }

    private static void addBill(ZipOutputStream archive) throws IOException {
        add(archive, "20881234567890120156_20260314_业务明细.csv", ReadBill.sample("alipay_trade_bill.csv"));
    }

    @Test
    void readsTheArchiveAndTheTable() throws Exception {
        ReadBill archive = read(FOURTEENTH, ReadBill.sample("alipay_bill.zip"));

        assertThat(archive.totals()).isEqualTo(TOTALS);
        assertThat(archive.totals().net()).isEqualTo(15_750_000);
        assertThat(archive).isEqualTo(read(FOURTEENTH, ReadBill.sample("alipay_trade_bill.csv")));
        BillRow second = archive.rows().get(1);
        assertThat(second.texts().name()).isEqualTo("API 额度 35.8 元，新人立减");
        assertThat(second.amounts()).isEqualTo(new BillRow.Amounts(Money.ofFen(3_580), Money.ofFen(3_080), 18_000, -1));
        BillRow console = archive.rows().getLast();
        assertThat(console.kind()).isEqualTo(BillRow.Kind.REFUND);
        assertThat(console.numbers()).isEqualTo(new BillRow.Numbers("2026022022001400880000000009", "01KHWCCZ80V8N6P6EA07B9BKP0", "",
                "20260314005021000900000000000017"));
        assertThat(console.at()).isEqualTo(Instant.parse("2026-03-14T10:00:30Z"));
        assertThat(console.texts().attached()).isEqualTo("商家后台退款");
    }

    @Test
    void takesOtherEncodingsBracketsDashesAndPadding() throws Exception {
        byte[] utf8 = new String(ReadBill.sample("alipay_trade_bill.csv"), GBK).getBytes(UTF_8);

        assertThat(read(FOURTEENTH, utf8).totals()).isEqualTo(TOTALS);
        assertThat(read(FOURTEENTH, changed(text -> text.replace("（元）", "(元)"))).totals()).isEqualTo(TOTALS);
        assertThat(read(FOURTEENTH, changed(text -> text.replace("（元）", ""))).totals()).isEqualTo(TOTALS);
        assertThat(read(FOURTEENTH, changed(text -> text.replace("#---", "#-----------"))).totals()).isEqualTo(TOTALS);
        assertThat(read(FOURTEENTH, changed(text -> text.replace("优惠共5.00元", "优惠共5.00元,,,,,"))).totals()).isEqualTo(TOTALS);
        assertThat(read(FOURTEENTH, changed(text -> text.replace("\r\n", "\n"))).totals()).isEqualTo(TOTALS);
    }

    @Test
    void rejectsTheBillOfAnotherAccountOrDay() {
        assertFault(BillFault.BILL_OF_ANOTHER_ACCOUNT, of("2088123456789013", "2026-03-14"), ReadBill.sample("alipay_bill.zip"));
        assertFault(BillFault.BILL_OF_ANOTHER_DAY, of("2088123456789012", "2026-03-15"), ReadBill.sample("alipay_bill.zip"));
    }

    @Test
    void rejectsTotalsThatDifferAndDamagedRows() {
        assertFault(BillFault.BILL_TOTALS_DIFFER, FOURTEENTH, changed(text -> text.replace("交易合计：4笔", "交易合计：5笔")));
        assertFault(BillFault.BILL_TOTALS_DIFFER, FOURTEENTH, changed(text -> text.replace("退款共-58.00", "退款共-58.01")));
        assertFault(BillFault.BILL_TOTALS_DIFFER, FOURTEENTH, changed(text -> text.replace("35.8 元，新人", "35.8 元,新人")));
        assertFault(BillFault.BILL_COLUMN_MISSING, FOURTEENTH, changed(text -> text.replace("支付宝交易号", "交易号")));
        assertFault(BillFault.BILL_CUT, FOURTEENTH, changed(text -> text.split("#交易合计", 2)[0]));
        assertFault(BillFault.BILL_CUT, FOURTEENTH, changed(text -> text.split("#退款合计", 2)[0]));
    }

    @Test
    void takesFeesThatComeBackAndFeesThatDoNot() throws Exception {
        byte[] returned = changed(text -> text.replace("01KKNPWHWR09KAJZS2ERCB7BE0\t,0.00", "01KKNPWHWR09KAJZS2ERCB7BE0\t,0.18")
                .replace("01KKNPWHWR09KAJZS2ERCB7BE0,0.00", "01KKNPWHWR09KAJZS2ERCB7BE0,0.18"));

        assertThat(read(FOURTEENTH, returned).totals().fee()).isEqualTo(112_000);
    }

    @Test
    void anEmptyTableIsAnEmptyDay() throws Exception {
        byte[] empty = changed(text -> text.replaceAll("(?m)^20\\d{26}.*\\r\\n", "").replace("4笔，商家实收共216.80", "0笔，商家实收共0.00")
                .replace("3笔，商家实收退款共-58.00", "0笔，商家实收退款共0.00"));

        assertThat(read(FOURTEENTH, empty).totals().isEmpty()).isTrue();
    }

    @Test
    void findsTheTableAmongOtherEntries() throws Exception {
        byte[] three = archive(archive -> {
            add(archive, "readme.txt", new byte[]{'x'});
            add(archive, "汇总.csv", ReadBill.sample("alipay_trade_summary.csv"));
            addBill(archive);
        });

        assertThat(read(FOURTEENTH, three).totals()).isEqualTo(TOTALS);
    }

    @Test
    void rejectsArchivesThatAreNoBills() throws Exception {
        assertFault(BillFault.BILL_ARCHIVE_MALFORMED, FOURTEENTH, archive(archive -> {
            add(archive, "../x.csv", new byte[]{'x'});
            addBill(archive);
        }));
        assertFault(BillFault.BILL_TOO_LARGE, FOURTEENTH, archive(archive -> {
            for (int i = 0; i < 10_001; i++) {
                add(archive, i + ".csv", new byte[0]);
            }
        }));
        assertFault(BillFault.BILL_NOT_READABLE, FOURTEENTH, archive(archive -> add(archive, "x.csv", new byte[]{'x'})));
        byte[] whole = ReadBill.sample("alipay_bill.zip");
        assertFault(BillFault.BILL_ARCHIVE_MALFORMED, FOURTEENTH, Arrays.copyOf(whole, whole.length / 2));
    }

    /// Much that is packed into little.
    @Test
    void readsNoFurtherThanItsBounds() throws Exception {
        byte[] zeros = new byte[1 << 20];
        assertFault(BillFault.BILL_NOT_READABLE, FOURTEENTH, archive(archive -> {
            archive.putNextEntry(new ZipEntry("业务明细.csv"));
            for (int i = 0; i < 64; i++) {
                archive.write(zeros);
            }
        }));
        byte[] title = "#支付宝业务明细查询\r\n".getBytes(GBK);
        assertFault(BillFault.BILL_TOO_LARGE, FOURTEENTH, archive(archive -> {
            archive.putNextEntry(new ZipEntry("业务明细.csv"));
            archive.write(title);
            archive.write(zeros);
        }));
    }

    @Test
    void findsTheTextOfLines() throws Exception {
        Path file = Files.createTempFile("bill", "");
        Files.write(file, ReadBill.sample("alipay_bill.zip"));

        assertThat(new AlipayBillFormat().lines(file, Set.of(7))).hasEntrySatisfying(7,
                line -> assertThat(line).startsWith("2026031422001400880000000002").contains("新人立减"));
    }
}
