package dev.sluice.order.pricing;

import java.util.Map;
import java.util.TreeMap;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

/// The accounts that are set up: what was placed with them can be asked for and closed, also while they take no new orders.
public record ConfiguredAccounts(Map<Provider, Merchant> all) {
    /// @throws BadSettingException when a setting cannot be right
    static ConfiguredAccounts from(Settings settings) {
        Map<Provider, Merchant> all = new TreeMap<>();
        settings.part(() -> WechatMerchant.from(settings)).ifPresent(wechat -> all.put(WechatMerchant.PROVIDER, wechat.merchant()));
        settings.part(() -> AlipayMerchant.from(settings))
                .ifPresent(alipay -> all.put(AlipayMerchant.PROVIDER, alipay.verifying().merchant()));
        return new ConfiguredAccounts(all);
    }

    public boolean has(Provider provider, Merchant merchant) {
        return merchant.equals(all.get(provider));
    }
}
