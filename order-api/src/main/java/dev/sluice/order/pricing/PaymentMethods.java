package dev.sluice.order.pricing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.QrPayment;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.alipay.AlipayQrPayment;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.provider.wechat.v2.WechatQrPayment;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// The ways to pay that are offered: enabled, and with all that they need. One implementation for each provider, found by it.
public final class PaymentMethods {
    private final Map<Provider, QrPayment> offered = new TreeMap<>();
    private final Optional<URI> serverAddress;

    PaymentMethods(List<QrPayment> payments, Optional<URI> serverAddress) {
        payments.forEach(payment -> {
            if (offered.put(payment.provider(), new QrPaymentBulkhead(payment, Limits.CALLS_PER_PROVIDER)) != null) {
                throw new IllegalArgumentException("two implementations for " + payment.provider());
            }
        });
        this.serverAddress = serverAddress;
    }

    /// @throws BadSettingException when a setting cannot be right
    static PaymentMethods from(Settings settings) {
        Optional<URI> address = settings.text(Setting.SERVER_ADDRESS).map(URI::create);
        List<QrPayment> payments = new ArrayList<>();
        if (address.isPresent() && settings.flag(Setting.WECHAT_ENABLED)) {
            settings.part(() -> WechatMerchant.from(settings)).map(WechatQrPayment::new).ifPresent(payments::add);
        }
        if (address.isPresent() && settings.flag(Setting.ALIPAY_ENABLED)) {
            settings.part(() -> AlipayMerchant.from(settings)).map(AlipayQrPayment::new).ifPresent(payments::add);
        }
        return new PaymentMethods(payments, address);
    }

    public Optional<QrPayment> offered(Provider provider) {
        return Optional.ofNullable(offered.get(provider));
    }

    public List<Provider> all() {
        return List.copyOf(offered.keySet());
    }

    /// Where the provider will tell us; only asked for when it is offered.
    public URI notifyUrl(Provider provider) {
        String base = serverAddress.orElseThrow().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/" + provider.code() + "/notify");
    }
}
