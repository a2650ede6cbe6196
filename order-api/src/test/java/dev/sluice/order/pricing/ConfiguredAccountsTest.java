package dev.sluice.order.pricing;

import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Merchant;
import dev.sluice.order.FakeWechat;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class ConfiguredAccountsTest {
    private static final Merchant MERCHANT = new Merchant("wx0000000000000001", "1900000001");

    @Test
    void anAccountThatTakesNoNewOrdersIsSetUpAllTheSame() {
        var accounts = ConfiguredAccounts
                .from(Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", MERCHANT.appId(), "WechatMchId",
                        MERCHANT.merchantId(), "WechatApiV2Key", FakeWechat.KEY, "WechatEnabled", false))));

        assertThat(accounts.has(Providers.WECHAT, MERCHANT)).isTrue();
        assertThat(accounts.has(Providers.WECHAT, new Merchant(MERCHANT.appId(), "1900000002"))).isFalse();
        assertThat(accounts.has(Providers.ALIPAY, MERCHANT)).isFalse();
    }
}
