package dev.sluice.provider.alipay;

import java.net.URI;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;

/// A test's merchant at Alipay, and answers as Alipay would sign them for it.
final class AlipayTill {
    static final Merchant MERCHANT = new Merchant("9021000122682882", "2088721003899159");

    private AlipayTill() {}

    static AlipayMerchant at(URI gateway) {
        return new AlipayMerchant(new AlipayVerificationKeys(MERCHANT, TestKeys.ALIPAY.getPublic()), TestKeys.APPLICATION.getPrivate(),
                gateway.resolve("/gateway.do"));
    }

    static AlipayConnection speaking(URI gateway) {
        return new AlipayConnection(at(gateway));
    }

    /// The answer to a call of the method `alipay.trade.{method}`.
    static String signed(String method, String node) {
        return "{\"alipay_trade_%s_response\":%s,\"sign\":\"%s\"}".formatted(method, node, TestKeys.sign(node, "SHA256withRSA"));
    }
}
