package dev.sluice.reconcile;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.sluice.event.value.LatePayment;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.alipay.AlipayOrderClosing;
import dev.sluice.provider.alipay.AlipayPaymentQuery;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.provider.wechat.v2.WechatOrderClosing;
import dev.sluice.provider.wechat.v2.WechatPaymentQuery;
import dev.sluice.reconcile.pending.ProviderAccount;
import dev.sluice.reconcile.pending.ProviderAccounts;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReconcilerConfiguration {
    @Bean
    Supplier<LatePayment> latePayment(LiveSettings live) {
        return live.derive(settings -> LatePayment.valueOf(settings.text(Setting.LATE_PAYMENT).orElseThrow().toUpperCase(Locale.ROOT)));
    }

    /// A provider whose account is not set up cannot be asked. Switching a method off stops new orders only: what was placed is
    /// still asked for and closed.
    @Bean
    Supplier<ProviderAccounts> desks(LiveSettings live) {
        return live.derive(ReconcilerConfiguration::desksOf);
    }

    private static ProviderAccounts desksOf(Settings settings) {
        Optional<ProviderAccount> wechat = settings.part(() -> WechatMerchant.from(settings))
                .map(merchant -> new ProviderAccount(new WechatPaymentQuery(merchant), new WechatOrderClosing(merchant)));
        Optional<ProviderAccount> alipay = settings.part(() -> AlipayMerchant.from(settings))
                .map(merchant -> new ProviderAccount(new AlipayPaymentQuery(merchant), new AlipayOrderClosing(merchant)));
        return new ProviderAccounts(Stream.of(wechat, alipay).flatMap(Optional::stream).toList());
    }
}
