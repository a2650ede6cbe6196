package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.wechat.account.WechatClientCertificate;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.provider.wechat.v2.message.WechatSignType;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

/// Our account at WeChat Pay and what is needed to speak for it.
///
/// @param merchant    `appid` and `mch_id`
/// @param apiV2Key    the API key of version 2, 32 characters; never printed
/// @param signType    the only algorithm that is used and accepted
/// @param certificate our client certificate: without one, nothing can be refunded
/// @param gatewayUrls where WeChat Pay is, without the path of the operation; the next one is asked when one cannot be reached
record WechatMerchant(Merchant merchant, String apiV2Key, WechatSignType signType, Optional<WechatClientCertificate> certificate,
        List<URI> gatewayUrls) {
    private static final Logger LOG = LoggerFactory.getLogger(WechatMerchant.class);
    /// WeChat Pay's hosts, the main one and the one for disasters.
    private static final URI MAIN_HOST = URI.create("https://api.mch.weixin.qq.com");
    private static final URI DISASTER_HOST = URI.create("https://api2.mch.weixin.qq.com");

    /// @throws BadSettingException when the key could not be one
    WechatMerchant {
        WechatSettings.checkApiV2Key(apiV2Key);
    }

    /// The account that the settings describe, or nothing when they do not name it whole. What they do name is checked in any case.
    ///
    /// @throws BadSettingException when a setting cannot be right
    static Optional<WechatMerchant> from(Settings settings) {
        var appId = WechatSettings.appId(settings);
        var mchId = WechatSettings.mchId(settings);
        var key = WechatSettings.apiV2Key(settings);
        var certificate = usable(settings);
        var signType = WechatSignType.of(settings.text(WechatSettings.SIGN_TYPE).orElse(""));
        if (appId.isEmpty() || mchId.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        var gateway = URI.create(settings.text(WechatSettings.GATEWAY_URL).orElseThrow());
        Optional<URI> backup = settings.text(WechatSettings.BACKUP_GATEWAY_URL).map(URI::create)
                .or(() -> gateway.equals(MAIN_HOST) ? Optional.of(DISASTER_HOST) : Optional.empty());
        List<URI> gateways = Stream.concat(Stream.of(gateway), backup.stream()).distinct().toList();
        return Optional.of(new WechatMerchant(new Merchant(appId.get(), mchId.get()), key.get(), signType, certificate, gateways));
    }

    /// One that cannot be used keeps refunds from being made, and no payment. It is rejected when it is set.
    private static Optional<WechatClientCertificate> usable(Settings settings) {
        try {
            return WechatSettings.clientCertificate(settings);
        } catch (BadSettingException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("nothing can be refunded at WeChat Pay");
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "WechatMerchant[" + merchant + "]";
    }
}
