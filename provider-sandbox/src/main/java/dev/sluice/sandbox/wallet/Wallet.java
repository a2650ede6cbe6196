package dev.sluice.sandbox.wallet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trades;

/// The payer's phone. A payment is in the journal before the merchant is told of it.
@Component
final class Wallet {
    private static final Logger LOG = LoggerFactory.getLogger(Wallet.class);

    private final Trades trades;
    private final Notifier notifier;

    Wallet(Trades trades, Notifier notifier) {
        this.trades = trades;
        this.notifier = notifier;
    }

    /// Scans a code.
    Scan open(String code) {
        return trades.open(code.strip());
    }

    /// Pays the whole amount.
    Scan pay(String code) {
        Scan scan = trades.pay(code.strip());
        if (scan instanceof Scan.Accepted(var trade)) {
            LOG.info("{} paid: {}", trade.number(), trade.transactionId());
            notifier.notifyOf(trade);
        }
        return scan;
    }

    /// Turns away; says whether the code was known.
    boolean leave(String code) {
        return trades.leave(code.strip());
    }
}
