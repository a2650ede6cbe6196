package dev.sluice.credit.proof;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.Transfer;
import dev.sluice.credit.transfer.Transfer.Kind;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;

/// A transfer as a fact of the log reports it.
record MovedQuota(UUID transferId, TradeNumber order, Kind kind, Account debit, Account credit, Quota quota) {
    /// The transfer that a fact reports; none of a fact that moves no quota.
    static Optional<MovedQuota> of(TopUpEvent event) {
        return switch (event) {
            case QuotaCredited credited -> Optional.of(new MovedQuota(credited.transferId(), credited.tradeNumber(),
                    credited.released() ? Kind.RELEASE : Kind.CREDIT, Account.ISSUED, Account.of(credited.userId()), credited.quota()));
            case RefundEvent.RefundReserved reserved ->
                reserved.reservation() instanceof RefundEvent.Reservation.OfQuota(var user, var quota, _, var id)
                        ? Optional
                                .of(new MovedQuota(id, reserved.tradeNumber(), Kind.RESERVE, Account.of(user), Account.heldOf(user), quota))
                        : Optional.empty();
            case RefundEvent.QuotaTaken taken -> Optional.of(taken(taken));
            case RefundEvent.QuotaReturned returned ->
                Optional.of(new MovedQuota(returned.transferId(), returned.tradeNumber(), Kind.RETURN,
                        Account.heldOf(returned.userId()), Account.of(returned.userId()), returned.quota()));
            default -> Optional.empty();
        };
    }

    /// Quota of a refund that was found at the provider was never reserved; its transfer's id differs.
    private static MovedQuota taken(RefundEvent.QuotaTaken taken) {
        boolean mirrored = Transfer.ofRefund(Kind.MIRROR, taken.tradeNumber(), taken.refundNumber(), taken.userId(), taken.quota(),
                Instant.EPOCH).transferId().equals(taken.transferId());
        return new MovedQuota(taken.transferId(), taken.tradeNumber(), mirrored ? Kind.MIRROR : Kind.TAKE,
                mirrored ? Account.of(taken.userId()) : Account.heldOf(taken.userId()), Account.ISSUED, taken.quota());
    }
}
