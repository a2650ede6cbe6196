package dev.sluice.reconcile.refund;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.reconcile.refund.PendingRefund.Absence;
import dev.sluice.reconcile.refund.PendingRefund.Refusal;

/// The refunds that are owed, as rows that several instances share.
@Component
class PendingRefunds {
    private final JdbcClient jdbc;

    PendingRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes refunds that are due; they are the caller's for [Limits#CLAIM].
    List<PendingRefund> claim(Provider provider, Merchant merchant, Instant now, int most) {
        return jdbc.sql("""
                update recon.pending_refund set claimed_until = :claimedUntil::timestamptz
                where (trade_no, refund_no) in (
                    select trade_no, refund_no from recon.pending_refund
                    where provider = :provider and app_id = :appId and merchant_id = :merchantId and next_at <= :now::timestamptz
                        and (claimed_until is null or claimed_until <= :now::timestamptz or claimed_until > :impossible::timestamptz)
                    order by next_at limit :most for update skip locked)
                returning *""")
                .param("provider", provider.code())
                .param("appId", merchant.appId())
                .param("merchantId", merchant.merchantId())
                .param("now", now.toString())
                .param("claimedUntil", now.plus(Limits.CLAIM).toString())
                .param("impossible", now.plus(Limits.CLAIM).plus(Limits.CLOCKS_DIFFER).toString())
                .param("most", most)
                .query((row, _) -> refund(row))
                .list();
    }

    /// Marks, before it is sent, that a request is sent now: after that only a query may decide to send it again. What was known of an
    /// earlier request is forgotten. The rows of the payment are locked, so that two instances do not send two requests too close together.
    ///
    /// @param apart how far apart the provider demands requests of one payment to be
    /// @return whether it may be sent; else another request of the payment was sent a moment ago, or the refund has ended
    boolean mark(PendingRefund refund, Instant now, Duration apart) {
        return jdbc.sql("""
                with payment as (
                    select called_at from recon.pending_refund where provider = :provider and transaction_id = :transactionId
                    order by trade_no, refund_no for update)
                update recon.pending_refund set called_at = :now::timestamptz, refusal = 'NONE', code = '', answer = null, absents = 0,
                    absent_since = null
                where trade_no = :tradeNo and refund_no = :refundNo and state = 'DUE'
                    and not exists (select from payment where called_at > :tooClose::timestamptz)""")
                .param("provider", refund.provider().code())
                .param("transactionId", refund.order().transactionId().value())
                .param("now", now.toString())
                .param("tooClose", now.minus(apart).toString())
                .param("tradeNo", refund.order().tradeNumber().value())
                .param("refundNo", refund.order().number().value())
                .update() == 1;
    }

    /// Ends a claim: the refund is due then. One that has ended meanwhile stays so.
    void askAgain(PendingRefund refund, Instant at) {
        jdbc.sql("""
                update recon.pending_refund set next_at = :at::timestamptz, claimed_until = null, refusal = :refusal, code = :code,
                    answer = :answer, attempts = :attempts, absents = :absents, absent_since = :absentSince::timestamptz
                where trade_no = :tradeNo and refund_no = :refundNo and state in ('DUE', 'LEFT')""")
                .param("at", at.toString())
                .param("refusal", refund.refusal().kind().name())
                .param("code", refund.refusal().code())
                .param("answer", refund.refusal().body())
                .param("attempts", refund.attempts())
                .param("absents", refund.absence().answers())
                .param("absentSince", refund.absence().since().map(Instant::toString).orElse(null))
                .param("tradeNo", refund.order().tradeNumber().value())
                .param("refundNo", refund.order().number().value())
                .update();
    }

    /// Which of a payment's refunds are known here, requested or found.
    List<String> known(TradeNumber tradeNumber) {
        return jdbc.sql("select refund_no from recon.pending_refund where trade_no = :tradeNo")
                .param("tradeNo", tradeNumber.value())
                .query((row, _) -> row.getString("refund_no"))
                .list();
    }

    /// How the refunds stand.
    ///
    /// @param open       not ended, and approved where that is needed
    /// @param balance    of them, those that wait for the merchant's balance
    /// @param setUp      those that wait until our account is set up rightly, or set up at all
    /// @param unknown    those about which the provider gives no information
    /// @param left       refunded, while the money rests with the provider
    /// @param oldest     when the oldest open one was reserved
    record Measures(long open, long balance, long setUp, long unknown, long left, Optional<Instant> oldest) {
        static final Measures NONE = new Measures(0, 0, 0, 0, 0, Optional.empty());
    }

    /// Counts them in one scan.
    ///
    /// @param merchants the accounts that are set up
    Measures measure(List<Merchant> merchants) {
        return jdbc.sql("""
                select count(*) filter (where state = 'DUE') as open,
                    count(*) filter (where state = 'DUE' and refusal = 'FOR_NOW') as balance,
                    count(*) filter (where state = 'DUE' and (refusal = 'SET_UP' or not (app_id, merchant_id) in (
                        select * from unnest(:appIds::text[], :merchantIds::text[])))) as set_up,
                    count(*) filter (where state = 'DUE' and refusal in ('NONE', 'REFUSED') and attempts >= :stuckAfter) as unknown,
                    count(*) filter (where state = 'LEFT') as left_there,
                    min(reserved_at) filter (where state = 'DUE') as oldest
                from recon.pending_refund where state in ('DUE', 'LEFT')""")
                .param("appIds", merchants.stream().map(Merchant::appId).toArray(String[]::new))
                .param("merchantIds", merchants.stream().map(Merchant::merchantId).toArray(String[]::new))
                .param("stuckAfter", Limits.STUCK_AFTER)
                .query((row, _) -> new Measures(row.getLong("open"), row.getLong("balance"), row.getLong("set_up"),
                        row.getLong("unknown"), row.getLong("left_there"), instant(row, "oldest")))
                .single();
    }

    private static PendingRefund refund(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new PendingRefund(
                new RefundOrder(new TradeNumber(row.getString("trade_no")), new RefundNumber(row.getString("refund_no")),
                        new TransactionId(row.getString("transaction_id")), new Money(row.getLong("paid_units"), currency),
                        new Money(row.getLong("refund_units"), currency), row.getString("reason")),
                new Provider(row.getString("provider")),
                new Merchant(row.getString("app_id"), row.getString("merchant_id")),
                row.getString("state").equals("LEFT"),
                instant(row, "called_at"),
                new Refusal(PendingRefund.Kind.valueOf(row.getString("refusal")), row.getString("code"),
                        Objects.requireNonNullElse(row.getBytes("answer"), new byte[0])),
                new Absence(row.getInt("absents"), instant(row, "absent_since")),
                row.getInt("attempts"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
