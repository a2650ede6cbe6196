package dev.sluice.reconcile.compare;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.books.DiscrepancyResolved;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.reconcile.bill.BillContent;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

@BesideOthers
class ComparisonIT {
    private static final LocalDate DAY = BillRows.DAY;
    private static final Instant NOON = Facts.AT;
    private static BillRows rows;
    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        rows = new BillRows();
    }

    @AfterAll
    static void stop() throws IOException {
        rows.close();
    }

    @BeforeEach
    void clear() {
        rows.clear();
    }

    private static BillText bill() {
        return new BillText(Facts.MERCHANT.merchantId());
    }

    private void compare(LocalDate day, BillText bill) {
        rows.compare(day, bill.file(folder));
    }

    private static void credited(String number, String transaction, long fen) {
        rows.log(Facts.order(number, 1, fen, 500), Facts.payment(number, transaction, fen), Facts.credited(number, transaction, 1, 500));
    }

    private static PaymentConfirmed payment(String number, String transaction, long fen, Instant at) {
        return new PaymentConfirmed(new TradeNumber(number), Providers.WECHAT, Facts.MERCHANT, new TransactionId(transaction),
                Money.ofFen(fen),
                at, ConfirmationSource.NOTIFICATION, Evidence.ofAnswer(at, new byte[0]));
    }

    private static RefundEvent.RefundReserved reserved(String number, String transaction, String refund, long fen) {
        return new RefundEvent.RefundReserved(new TradeNumber(number), new RefundNumber(refund),
                new RefundEvent.Paid(Providers.WECHAT, Facts.MERCHANT, new TransactionId(transaction), Money.ofFen(7300)), Money.ofFen(fen),
                new RefundEvent.Reservation.OfQuota(new UserId("1"), new Quota(1), new Quota(1), new UUID(0, 1)), false, "x");
    }

    private static RefundEvent.RefundSucceeded succeeded(String number, String refund, long fen, Instant at) {
        return new RefundEvent.RefundSucceeded(new TradeNumber(number), new RefundNumber(refund), Providers.WECHAT, Money.ofFen(fen),
                new RefundEvent.ProviderRefund("5" + refund, Money.ofFen(fen), at), RefundEvent.Arrival.PAYER,
                Evidence.ofAnswer(at, new byte[0]));
    }

    @Test
    void aCreditedPaymentAndItsRefundsMatch() {
        credited("A", "4001", 7300);
        rows.log(reserved("A", "4001", "RA", 300), succeeded("A", "RA", 300, NOON), reserved("A", "4001", "RB", 200));

        compare(DAY, bill().payment("4001", "A", 7300, NOON).refund("4001", "A", "5001", "RA", 300, NOON).refund("4001", "A", "5002", "RB",
                200, NOON));

        assertThat(rows.open()).isEmpty();
    }

    @Test
    void aPaymentThatIsNotCreditedClosesWhenItIs() {
        rows.log(Facts.order("A", 1, 7300, 500));

        compare(DAY, bill().payment("4001", "A", 7300, NOON));

        assertThat(rows.open()).containsExactly("PaidNotCredited A /73.00 CNY");
        assertThat(rows.jdbc().sql("select evidence from recon.discrepancy").query(String.class).single())
                .startsWith("`2026-11-22 16:00:00,`wx");
        rows.log(Facts.payment("A", "4001", 7300));
        assertThat(rows.open()).as("confirmed").hasSize(1);
        rows.log(Facts.credited("A", "4001", 1, 500));
        assertThat(rows.open()).isEmpty();
    }

    @Test
    void findsEachKindOfDifference() {
        credited("A", "4001", 7300);
        credited("B", "4002", 7300);
        rows.log(Facts.order("C", 1, 7300, 500));
        credited("D", "4004", 1000);
        rows.log(reserved("D", "4004", "RD", 300), succeeded("D", "RD", 300, NOON));

        compare(DAY, bill().payment("4001", "A", 7299, NOON).payment("4002", "B", 7300, NOON, new BigDecimal("0.46"))
                .payment("4003", "C", 7000, NOON).payment("4004", "D", 1000, NOON).payment("4009", "POS1", 500, NOON)
                .reversal("4009", "POS1", 500, NOON).refund("4004", "D", "5001", "RD", 301, NOON)
                .refund("4004", "D", "5002", "CONSOLE", 50, NOON));

        assertThat(rows.open()).containsExactly(
                "AmountDiffers A 73.00 CNY/72.99 CNY",
                "AmountDiffers C 73.00 CNY/70.00 CNY",
                "FeeUnexpected B 0.44000/0.46000",
                "RefundDiffers D /0.50 CNY",
                "RefundDiffers D 3.00 CNY SUCCEEDED/3.01 CNY",
                "UnknownToUs POS1 /5.00 CNY",
                "UnknownToUs POS1 /5.00 CNY");
    }

    @Test
    void aFeeMayDifferByAFen() {
        credited("A", "4001", 600);

        compare(DAY, bill().payment("4001", "A", 600, NOON, new BigDecimal("0.05")));
        assertThat(rows.open()).isEmpty();
        compare(DAY, bill().payment("4001", "A", 600, NOON, new BigDecimal("0.06")));
        assertThat(rows.open()).containsExactly("FeeUnexpected A 0.04000/0.06000");
    }

    /// The bill is of the day of the payment, wherever the order was placed.
    @Test
    void matchesAcrossMidnight() {
        Instant beforeMidnight = Instant.parse("2026-11-22T15:59:59Z");
        Instant afterMidnight = beforeMidnight.plusSeconds(9);
        rows.log(Facts.order("A", 1, 7300, 500), payment("A", "4001", 7300, beforeMidnight), Facts.credited("A", "4001", 1, 500));
        rows.log(Facts.order("B", 1, 7300, 500), payment("B", "4002", 7300, beforeMidnight), Facts.credited("B", "4002", 1, 500));

        compare(DAY, bill().payment("4001", "A", 7300, beforeMidnight));
        compare(DAY.plusDays(1), bill().payment("4002", "B", 7300, afterMidnight));
        rows.compareLog(DAY);
        rows.compareLog(DAY.plusDays(1));

        assertThat(rows.open()).isEmpty();
    }

    @Test
    void findsWhatNoBillHas() {
        credited("A", "4001", 7300);
        rows.log(Facts.order("B", 1, 7300, 500), Facts.payment("B", "4002", 7000),
                Facts.held("B", "4002", Money.ofFen(7000), HoldReason.AMOUNT_MISMATCH));
        credited("C", "4003", 7300);
        rows.log(reserved("C", "4003", "RC", 300), succeeded("C", "RC", 300, NOON));

        compare(DAY, bill().payment("4003", "C", 7300, NOON));
        rows.compareLog(DAY);

        assertThat(rows.open()).containsExactly("CreditedNotPaid A 73.00 CNY/", "RefundDiffers C 3.00 CNY SUCCEEDED/",
                "UnknownToProvider B 70.00 CNY/");
    }

    @Test
    void aDayRunAgainHasTheSameDifferencesWithTheSameNumbers() {
        rows.log(Facts.order("A", 1, 7300, 500));
        credited("B", "4002", 100);
        BillText bill = bill().payment("4001", "A", 7300, NOON).payment("4009", "POS1", 500, NOON);
        compare(DAY, bill);
        rows.compareLog(DAY);
        List<String> open = rows.open();
        List<String> ids = rows.ids();

        rows.pass(NOON.plus(Duration.ofHours(1)));
        compare(DAY, bill);
        rows.compareLog(DAY);

        assertThat(rows.open()).isEqualTo(open).hasSize(3);
        assertThat(rows.ids()).isEqualTo(ids);
        assertThat(rows.bills().latest(BillRows.of(DAY)).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void anotherContentIsAVersionBesideTheOldOne() {
        compare(DAY, bill().payment("4009", "POS1", 500, NOON));
        assertThat(rows.open()).hasSize(1);

        compare(DAY, bill().payment("4010", "POS2", 500, NOON));

        assertThat(rows.open()).containsExactly("UnknownToUs POS2 /5.00 CNY");
        assertThat(rows.jdbc().sql("select count(*) from recon.bill_chunk").query(Long.class).single()).isEqualTo(2);
        assertThat(rows.bills().latest(BillRows.of(DAY)).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void countsARowOnce() {
        credited("A", "4001", 7300);
        rows.log(reserved("A", "4001", "RA", 300), succeeded("A", "RA", 300, NOON));
        compare(DAY, bill().payment("4001", "A", 7300, NOON).payment("4001", "A", 7300, NOON).refund("4001", "A", "5001", "RA", 300, NOON));

        compare(DAY.plusDays(1), bill().refund("4001", "A", "5001", "RA", 300, NOON.plus(Duration.ofDays(1))));

        assertThat(rows.open()).isEmpty();
        assertThat(rows.jdbc().sql("select string_agg(repeated::text, ' ' order by day) from recon.bill").query(String.class).single())
                .isEqualTo("1 1");
    }

    @Test
    void aTransactionOfTwoOrdersIsTwoPayments() {
        credited("A", "4001", 7300);
        credited("B", "4001", 7300);

        compare(DAY, bill().payment("4001", "A", 7300, NOON).payment("4001", "B", 7300, NOON));
        rows.compareLog(DAY);

        assertThat(rows.open()).isEmpty();
    }

    @Test
    void whatAnOperatorResolvedStaysResolved() {
        BillText bill = bill().payment("4009", "POS1", 500, NOON);
        compare(DAY, bill);

        rows.log(new DiscrepancyResolved(rows.ids().getFirst(), Providers.WECHAT, DAY, "ACCEPTED", new UserId("op"), "a till of the shop"));
        assertThat(rows.open()).isEmpty();
        compare(DAY, bill);

        assertThat(rows.open()).isEmpty();
    }

    @Test
    void aRefundOfTheConsoleIsOpenUntilItIsDecided() {
        credited("A", "4001", 7300);
        var found = new RefundEvent.RefundFound(new TradeNumber("A"), new RefundNumber("CONSOLE"),
                new RefundEvent.Payment(Providers.WECHAT, new TransactionId("4001")), Money.ofFen(100),
                new RefundEvent.ProviderRefund("5001", Money.ofFen(100), NOON), ConfirmationSource.BILL,
                Evidence.ofAnswer(NOON, new byte[0]));
        BillText bill = bill().payment("4001", "A", 7300, NOON).refund("4001", "A", "5001", "CONSOLE", 100, NOON);
        compare(DAY, bill);
        rows.log(found);
        compare(DAY, bill);
        assertThat(rows.open()).hasSize(1);

        rows.log(new RefundEvent.FoundRefundResolved(new TradeNumber("A"), new RefundNumber("CONSOLE"), RefundEvent.Mirroring.TAKE_QUOTA,
                new UserId("op"), "x"));
        assertThat(rows.open()).isEmpty();
        compare(DAY, bill);
        assertThat(rows.open()).isEmpty();
    }

    @Test
    void keepsTheBillAsItCame() throws IOException {
        String text = bill().payment("4009", "POS\\1", 500, NOON).text();
        Path file = bill().payment("4009", "POS\\1", 500, NOON).file(folder);
        long id = rows.compare(DAY, file).id();

        Path restored = folder.resolve("restored");
        new BillContent(rows.jdbc()).restore(id, restored);

        try (var in = new GZIPInputStream(Files.newInputStream(restored))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }
}
