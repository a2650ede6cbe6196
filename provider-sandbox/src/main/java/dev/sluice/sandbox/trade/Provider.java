package dev.sluice.sandbox.trade;

/// The two payment providers played here.
public enum Provider {
    /// An order exists as soon as the merchant asks for a code, and only its payment is told.
    WECHAT(true, false),
    /// A trade exists only when a wallet has opened the code; that the merchant closed it is told too.
    ALIPAY(false, true);

    private final boolean tradeBeforeScan;
    private final boolean tellsOfClosing;

    Provider(boolean tradeBeforeScan, boolean tellsOfClosing) {
        this.tradeBeforeScan = tradeBeforeScan;
        this.tellsOfClosing = tellsOfClosing;
    }

    boolean tradeBeforeScan() {
        return tradeBeforeScan;
    }

    boolean tellsOfClosing() {
        return tellsOfClosing;
    }
}
