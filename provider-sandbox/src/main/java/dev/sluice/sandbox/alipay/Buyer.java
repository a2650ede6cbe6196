package dev.sluice.sandbox.alipay;

/// The one payer of this sandbox, as Alipay names it to the merchant.
final class Buyer {
    static final String USER_ID = "2088722003899169";
    static final String LOGON_ID = "snb***@sandbox.com";

    private Buyer() {}
}
