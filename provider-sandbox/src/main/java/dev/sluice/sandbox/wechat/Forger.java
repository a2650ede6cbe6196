package dev.sluice.sandbox.wechat;

/// Somebody who signs as if he were WeChat Pay, but does not have the merchant's key.
final class Forger {
    static final String KEY = "forger0forger0forger0forger0forg";

    private Forger() {}
}
