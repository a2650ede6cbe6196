package dev.sluice.sandbox.wallet;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.ScannableCode;
import dev.sluice.sandbox.trade.Trades;

/// The payer's wallet, for both providers.
@Component
record Wallet(Trades trades, Notifier notifier) {
    /// Codes that are offered for picking.
    static final int MAX_LISTED = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Wallet.class);

    List<ScannableCode> scannable() {
        return trades.scannable(MAX_LISTED);
    }

    /// Scans a code.
    Scan open(String code) {
        return trades.open(code);
    }

    /// Pays the whole amount. The payment is saved before the merchant is notified.
    Scan pay(String code) {
        Scan scan = trades.pay(code);
        if (scan instanceof Scan.Accepted(var trade)) {
            LOG.info("{} paid: {}", trade.number(), trade.transactionId());
            notifier.notifyOf(trade);
        }
        return scan;
    }

    /// Turns away from a code without a payment; returns whether it is known.
    boolean leave(String code) {
        return trades.leave(code);
    }
}
