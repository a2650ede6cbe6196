package dev.sluice.reconcile.audit.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

import dev.sluice.reconcile.audit.AuditRow;
import dev.sluice.reconcile.audit.ChainedRow;

/// Rows as CSV (RFC 4180) that a spreadsheet opens by itself: in UTF-8 with a byte order mark, with times of Beijing. A text that a spreadsheet
/// would take for a formula, or for a number of which it would change digits, has an apostrophe before it.
final class CsvRows implements RowFormat {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULAS = "=+-@\t\r";
    private static final Pattern CHANGED_AS_A_NUMBER = Pattern.compile("0\\d+|\\d{" + (Limits.DIGITS_OF_A_SPREADSHEET + 1) + ",}");
    private static final DateTimeFormatter IN_BEIJING = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
            .withZone(ZoneId.of("Asia/Shanghai"));
    private static final String[] HEADER = {"time_beijing", "time_utc", "type", "order", "user", "provider", "refund", "actor", "repeated",
            "money_in_yuan", "money_in_fen", "money_out_yuan", "money_out_fen", "currency", "quota", "debit_account", "credit_account",
            "event_id",
            "topic", "partition", "offset", "number", "hash"};

    @Override
    public MediaType mediaType() {
        return new MediaType("text", "csv", StandardCharsets.UTF_8);
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public byte[] begin() {
        return (BYTE_ORDER_MARK + String.join(",", HEADER) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] write(List<ChainedRow> rows) {
        return written(csv -> rows.forEach(row -> csv.writeRecord(cells(row))));
    }

    private static byte[] written(Consumer<CsvWriter> by) {
        var bytes = new ByteArrayOutputStream();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            by.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String[] cells(ChainedRow chained) {
        AuditRow row = chained.row();
        AuditRow.Subject subject = row.subject();
        AuditRow.Amounts amounts = row.amounts();
        return new String[]{beijing(row.at()), row.at().toString(), text(row.type()), text(subject.tradeNumber()), text(subject.user()),
                text(subject.provider()), text(subject.refundNumber()), text(subject.actor()), Boolean.toString(row.repeated()),
                decimal(amounts.moneyIn(), amounts.currency()), number(amounts.moneyIn()), decimal(amounts.moneyOut(), amounts.currency()),
                number(amounts.moneyOut()), text(amounts.currency()), number(amounts.quota()), text(amounts.debit()),
                text(amounts.credit()),
                text(row.eventId()), text(row.place().topic()), Integer.toString(row.place().partition()),
                Long.toString(row.place().offset()), Long.toString(row.place().number()), HexFormat.of().formatHex(chained.hash())};
    }

    private static String beijing(Instant at) {
        return IN_BEIJING.format(at);
    }

    static String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        boolean changed = FORMULAS.indexOf(text.charAt(0)) >= 0 || CHANGED_AS_A_NUMBER.matcher(text).matches();
        return changed ? "'" + text : text;
    }

    private static String number(@Nullable Long number) {
        return number == null ? "" : Long.toString(number);
    }

    private static String decimal(@Nullable Long minorUnits, @Nullable String currency) {
        return minorUnits == null || currency == null
                ? ""
                : BigDecimal.valueOf(minorUnits, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits())).toPlainString();
    }
}
