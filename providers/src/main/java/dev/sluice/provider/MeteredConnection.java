package dev.sluice.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;
import dev.sluice.provider.refund.RefundListing;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundProgress;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.refund.RefundRules;
import dev.sluice.provider.refund.Refunding;

/// Times each call of another connection as `sluice.provider.calls`, by provider, question and outcome.
///
/// @param connection that is asked
record MeteredConnection(ProviderConnection connection, Provider provider, MeterRegistry meters, Clock clock)
        implements
            ProviderConnection {
    @Override
    public Merchant merchant() {
        return connection.merchant();
    }

    @Override
    public boolean hasRoom() {
        return connection.hasRoom();
    }

    @Override
    public QrPayment qr() {
        return order -> timed("create", () -> connection.qr().create(order), response -> outcome(response.answer()));
    }

    @Override
    public PaymentQuery query() {
        return tradeNumber -> timed("query", () -> connection.query().query(tradeNumber), response -> outcome(response.answer()));
    }

    @Override
    public OrderClosing closing() {
        OrderClosing closing = connection.closing();
        return new OrderClosing() {
            @Override
            public Duration minimumOrderAge() {
                return closing.minimumOrderAge();
            }

            @Override
            public Duration codeLifetimeAfterExpiry() {
                return closing.codeLifetimeAfterExpiry();
            }

            @Override
            public ProviderResponse<CloseResult> close(TradeNumber tradeNumber) {
                return timed("close", () -> closing.close(tradeNumber), response -> outcome(response.answer()));
            }
        };
    }

    @Override
    public RefundQuery refunds() {
        return (tradeNumber, paid, refunds) -> timed("refunds", () -> connection.refunds().query(tradeNumber, paid, refunds),
                response -> outcome(response.answer()));
    }

    @Override
    public Refunding refunding() {
        Refunding refunding = connection.refunding();
        return new Refunding() {
            @Override
            public RefundRules rules() {
                return refunding.rules();
            }

            @Override
            public ProviderResponse<RefundResult> refund(RefundOrder order) {
                return timed("refund", () -> refunding.refund(order), response -> outcome(response.answer()));
            }

            @Override
            public ProviderResponse<RefundProgress> progress(RefundOrder order) {
                return timed("refund_progress", () -> refunding.progress(order), response -> outcome(response.answer()));
            }

            @Override
            public ProviderResponse<RefundListing> list(TradeNumber tradeNumber, TransactionId transactionId, List<RefundNumber> named) {
                return timed("refund_list", () -> refunding.list(tradeNumber, transactionId, named),
                        response -> outcome(response.answer()));
            }
        };
    }

    @Override
    public AccountCheck accountCheck() {
        return connection.accountCheck();
    }

    @Override
    public Optional<BillDownload> bills() {
        return connection.bills()
                .map(bills -> (day, into) -> timed("bill", () -> bills.download(day, into), MeteredConnection::outcome));
    }

    @Override
    public void close() {
        connection.close();
    }

    private <T> T timed(String question, Supplier<T> call, Function<T, String> outcome) {
        Instant asked = clock.instant();
        T answer = call.get();
        meters.timer("sluice.provider.calls", "provider", provider.code(), "question", question, "outcome", outcome.apply(answer))
                .record(Duration.between(asked, clock.instant()));
        return answer;
    }

    private static String outcome(QrAnswer answer) {
        return switch (answer) {
            case QrAnswer.Ready _ -> "code";
            case QrAnswer.Refused _ -> "refused";
            case QrAnswer.Unknown _ -> "unknown";
        };
    }

    private static String outcome(PaymentState state) {
        return switch (state) {
            case PaymentState.Paid _ -> "paid";
            case PaymentState.Refunded _,PaymentState.RefundedWhole _ -> "refunded";
            case PaymentState.Unpaid _ -> "unpaid";
            case PaymentState.Absent _ -> "absent";
            case PaymentState.Closed _ -> "closed";
            case PaymentState.Unclear _ -> "unclear";
            case PaymentState.Unknown _ -> "unknown";
        };
    }

    private static String outcome(RefundState state) {
        return switch (state) {
            case RefundState.None _ -> "paid";
            case RefundState.Whole _,RefundState.Partly _ -> "refunded";
            case RefundState.Unknown _ -> "unknown";
        };
    }

    private static String outcome(RefundResult result) {
        return switch (result) {
            case RefundResult.Accepted _ -> "accepted";
            case RefundResult.Done _ -> "refunded";
            case RefundResult.Unknown _ -> "unknown";
            case RefundResult.RefusedForNow _ -> "refused_for_now";
            case RefundResult.Refused _ -> "refused";
            case RefundResult.WrongSetUp _ -> "wrong_set_up";
        };
    }

    private static String outcome(RefundProgress progress) {
        return switch (progress) {
            case RefundProgress.Succeeded _,RefundProgress.LeftAtProvider _ -> "refunded";
            case RefundProgress.Processing _ -> "processing";
            case RefundProgress.Closed _ -> "closed";
            case RefundProgress.Absent _ -> "absent";
            case RefundProgress.Unknown _ -> "unknown";
        };
    }

    private static String outcome(RefundListing listing) {
        return switch (listing) {
            case RefundListing.Listed _ -> "listed";
            case RefundListing.Unknown _ -> "unknown";
        };
    }

    private static String outcome(BillAnswer answer) {
        return switch (answer) {
            case BillAnswer.Bill _ -> "bill";
            case BillAnswer.EmptyDay _,BillAnswer.EmptyOrNotReady _ -> "empty";
            case BillAnswer.NotYet _ -> "later";
            case BillAnswer.Refused _ -> "refused";
            case BillAnswer.Unknown _ -> "unknown";
        };
    }

    private static String outcome(CloseResult result) {
        return switch (result) {
            case CloseResult.Closed _ -> "closed";
            case CloseResult.AlreadyPaid _ -> "paid";
            case CloseResult.Absent _ -> "absent";
            case CloseResult.Unknown _ -> "unknown";
        };
    }
}
