package dev.sluice.sandbox.trade;

/// The two payment providers.
public enum Provider {
    /// An order exists as soon as the merchant requests a code, and only its payment is notified.
    WECHAT(true, false),
    /// A trade exists only when a wallet has opened the code; the merchant's closing of it is notified too.
    ALIPAY(false, true);

    final boolean createsTradeBeforeScan;
    final boolean notifiesOfClosing;

    Provider(boolean createsTradeBeforeScan, boolean notifiesOfClosing) {
        this.createsTradeBeforeScan = createsTradeBeforeScan;
        this.notifiesOfClosing = notifiesOfClosing;
    }
}
