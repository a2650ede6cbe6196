package dev.sluice.sandbox.trade;

/// The two payment providers played here.
public enum Provider {
    /// An order exists as soon as the merchant asks for a code.
    WECHAT(true),
    /// A trade exists only when a wallet has opened the code.
    ALIPAY(false);

    private final boolean tradeBeforeScan;

    Provider(boolean tradeBeforeScan) {
        this.tradeBeforeScan = tradeBeforeScan;
    }

    boolean tradeBeforeScan() {
        return tradeBeforeScan;
    }
}
