package dev.sluice.order.pricing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.order.FakeWechat;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class ConfiguredAccountsTest {
    private static final Merchant MERCHANT = new Merchant("wx0000000000000001", "1900000001");

    @Test
    void anAccountThatTakesNoNewOrdersIsSetUpAllTheSame() {
        Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", MERCHANT.appId(), "WechatMchId",
                MERCHANT.merchantId(), "WechatApiV2Key", FakeWechat.KEY, "WechatEnabled", false)));
        Map<Provider, Supplier<Optional<ProviderConnection>>> connections = new HashMap<>();
        PaymentChannels.installed().all().forEach(channel -> connections.put(channel.provider(), () -> channel.speaking(settings)));
        var accounts = new ConfiguredAccounts(new ProviderConnections(connections));

        assertThat(accounts.has(Providers.WECHAT, MERCHANT)).isTrue();
        assertThat(accounts.has(Providers.WECHAT, new Merchant(MERCHANT.appId(), "1900000002"))).isFalse();
        assertThat(accounts.has(Providers.ALIPAY, MERCHANT)).isFalse();
    }
}
