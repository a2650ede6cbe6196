package dev.sluice.provider.alipay.bill;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sluice.provider.bill.BillColumns;
import dev.sluice.provider.bill.BillFault;
import dev.sluice.provider.bill.BillLine;
import dev.sluice.provider.bill.BillLines;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.bill.BillRejectedException;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.bill.BillTotals;
import dev.sluice.provider.bill.CountedRows;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's table of rows: comments that begin with `#`, a header, rows, and comments with totals. Nothing is quoted: Alipay writes commas of
/// a name in full width, so a row with more cells than the header is damaged.
final class AlipayTable {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Pattern TITLE = Pattern.compile("#支付宝业务明细查询");
    private static final Pattern ACCOUNT = Pattern.compile("#账号：\\[(\\d+)]");
    private static final Pattern DAY = Pattern.compile("起始日期：\\[(\\d{4}年\\d{2}月\\d{2}日) 00:00:00]");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu年MM月dd日");
    private static final Pattern END = Pattern.compile("业务明细列表结束");
    private static final Pattern PAYMENTS = Pattern.compile("#交易合计：(\\d{1,9})笔，商家实收共(-?\\d{1,12}\\.\\d{2})元");
    private static final Pattern REFUNDS = Pattern.compile("#退款合计：(\\d{1,9})笔，商家实收退款共(-?\\d{1,12}\\.\\d{2})元");

    private final BillLines lines;
    private final BillOf of;
    private final CountedRows counted;
    private Charset charset = GB18030;
    private @Nullable AlipayRowReader reader;
    private final Set<Mark> seen = EnumSet.noneOf(Mark.class);

    /// The comments that a whole table has.
    private enum Mark {
        ACCOUNT, DAY, END, PAYMENTS, REFUNDS
    }

    AlipayTable(BillLines lines, BillOf of) {
        this.lines = lines;
        this.of = of;
        this.counted = new CountedRows(of);
    }

    /// In GBK, as Alipay writes it, or in UTF-8, as an editor may have stored it.
    static Charset charset(BillLine title) {
        return TITLE.matcher(title.text(UTF_8)).find() ? UTF_8 : GB18030;
    }

    static boolean isTitle(BillLine line) {
        return TITLE.matcher(line.text(charset(line))).find();
    }

    /// @throws BillRejectedException when it is not whole, or not of that account and day
    /// @throws IOException           when it cannot be read
    BillTotals read(Consumer<BillRow> rows) throws BillRejectedException, IOException {
        if (!lines.next() || !isTitle(lines.line())) {
            throw new BillRejectedException(BillFault.BILL_NOT_READABLE, "the title is missing");
        }
        charset = charset(lines.line());
        while (lines.next()) {
            if (lines.line().startsWith('#')) {
                comment(lines.line().text(charset));
            } else if (reader != null && !seen.contains(Mark.END)) {
                reader.read(lines, counted, rows);
            } else if (reader == null && !lines.line().isEmpty()) {
                reader = new AlipayRowReader(new BillColumns(Arrays.asList(lines.line().text(charset).split(",", -1))), charset);
            }
        }
        if (seen.size() < Mark.values().length) {
            throw new BillRejectedException(BillFault.BILL_CUT, "account, day or totals are missing");
        }
        return counted.totals();
    }

    private void comment(String text) throws BillRejectedException {
        Matcher account = ACCOUNT.matcher(text);
        Matcher day = DAY.matcher(text);
        Matcher payments = PAYMENTS.matcher(text);
        Matcher refunds = REFUNDS.matcher(text);
        if (account.find()) {
            checkAccount(account.group(1));
            seen.add(Mark.ACCOUNT);
        } else if (day.find()) {
            checkDay(day.group(1));
            seen.add(Mark.DAY);
        } else if (END.matcher(text).find()) {
            seen.add(Mark.END);
        } else if (payments.find() && reader != null) {
            reader.check(counted, BillRow.Kind.PAYMENT, payments.group(1), payments.group(2));
            seen.add(Mark.PAYMENTS);
        } else if (refunds.find() && reader != null) {
            reader.check(counted, BillRow.Kind.REFUND, refunds.group(1), refunds.group(2));
            seen.add(Mark.REFUNDS);
        }
    }

    /// The number of the seller, and four digits.
    private void checkAccount(String account) throws BillRejectedException {
        if (!account.startsWith(of.account())) {
            throw new BillRejectedException(BillFault.BILL_OF_ANOTHER_ACCOUNT, "");
        }
    }

    private void checkDay(String day) throws BillRejectedException {
        try {
            if (!of.day().equals(DATE.parse(day, LocalDate::from))) {
                throw new BillRejectedException(BillFault.BILL_OF_ANOTHER_DAY, day);
            }
        } catch (DateTimeException e) {
            throw new BillRejectedException(BillFault.BILL_OF_ANOTHER_DAY, day);
        }
    }
}
