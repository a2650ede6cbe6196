package dev.sluice.reconcile.refund;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.ProviderConnection;

/// What is due at one provider: refunds that are owed, and payments that are to be looked at for refunds.
@Component
class RefundTurn {
    private final PendingRefunds refunds;
    private final RefundInquiry inquiry;
    private final NotifiedRefunds notified;
    private final FoundRefunds found;

    RefundTurn(PendingRefunds refunds, RefundInquiry inquiry, NotifiedRefunds notified, FoundRefunds found) {
        this.refunds = refunds;
        this.inquiry = inquiry;
        this.notified = notified;
        this.found = found;
    }

    /// One of them, taken by the caller.
    ///
    /// @param ask asks the provider, and blocks
    record Due(TradeNumber tradeNumber, Runnable ask) {}

    /// Takes so many at most. The refunds that are owed come first.
    List<Due> take(Provider provider, ProviderConnection connection, Instant now, int most) {
        List<PendingRefund> owed = refunds.claim(provider, connection.merchant(), now, most);
        List<NotifiedRefunds.Look> looks = owed.size() < most ? notified.claim(provider, now, most - owed.size()) : List.of();
        return Stream.concat(
                owed.stream().map(refund -> new Due(refund.order().tradeNumber(), () -> inquiry.ask(refund, connection.refunding()))),
                looks.stream().map(look -> new Due(look.tradeNumber(), () -> found.look(look, provider, connection.refunding()))))
                .toList();
    }
}
