package dev.sluice.testing;

import dev.sluice.event.value.Provider;

/// The providers that tests speak of.
public final class Providers {
    public static final Provider WECHAT = new Provider("wechat");
    public static final Provider ALIPAY = new Provider("alipay");

    private Providers() {}
}
