package dev.sluice.log.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.UserId;
import dev.sluice.log.verify.Violation.Promise;

/// What users have, by the outcomes in the log. An outcome that is appended twice counts once; those of an order stand in one partition.
final class Balances {
    private final Map<UserId, Account> accounts = new HashMap<>();

    private static final class Account {
        private long balance;
        private long highest;
        private boolean lowered;
    }

    /// Outcomes of one partition: one that comes again is in the same.
    final class OfPartition {
        private final Set<UUID> seen = new HashSet<>();

        void apply(TopUpEvent event) {
            switch (event) {
                case QuotaCredited credit -> move(credit.transferId(), credit.userId(), credit.quota().units(), credit.balance().units());
                case RefundReserved(_, _, _, _, Reservation.OfQuota of, _, _) ->
                    move(of.transferId(), of.userId(), -of.quota().units(), of.balance().units());
                case QuotaReturned returned ->
                    move(returned.transferId(), returned.userId(), returned.quota().units(), returned.balance().units());
                default -> {
                }
            }
        }

        private void move(UUID transfer, UserId user, long quota, long balance) {
            if (seen.add(transfer)) {
                Account account = accounts.computeIfAbsent(user, _ -> new Account());
                account.balance += quota;
                account.highest = Math.max(account.highest, balance);
                account.lowered |= quota < 0;
            }
        }
    }

    /// At the end of the log.
    void end(Findings findings) {
        accounts.forEach((user, account) -> {
            if (account.balance < 0) {
                findings.add(Promise.G5, user.value(), "", "more quota left the account than came: " + account.balance);
            } else if (!account.lowered && account.highest != account.balance) {
                findings.add(Promise.G5, user.value(), "",
                        "the credits are " + account.balance + " in sum, the last published balance is " + account.highest);
            }
        });
    }
}
