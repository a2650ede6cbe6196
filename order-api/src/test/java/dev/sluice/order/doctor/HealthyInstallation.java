package dev.sluice.order.doctor;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.Key;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;

import dev.sluice.order.SimulatedProviders;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;

/// Providers, a public address and settings with which the doctor finds nothing.
final class HealthyInstallation implements AutoCloseable {
    final SimulatedProviders providers;
    final SimulatedPublicAddress face;
    final HttpClient http;

    HealthyInstallation(Path folder) throws Exception {
        providers = new SimulatedProviders();
        face = new SimulatedPublicAddress(folder);
        http = HttpClient.newBuilder().sslContext(face.trusting()).build();
    }

    /// @param changes settings that differ, by name; an empty text takes one away
    Settings settings(Map<String, Object> changes) {
        Map<String, Object> all = new HashMap<>(Map.of("ServerAddress", face.https(), "WechatAppId", SimulatedProviders.WECHAT_APP_ID,
                "WechatMchId", SimulatedProviders.WECHAT_MCH_ID, "WechatApiV2Key", SimulatedProviders.WECHAT_KEY, "WechatSignType", "MD5",
                "AlipayAppId", SimulatedProviders.ALIPAY_APP_ID, "AlipaySellerId", SimulatedProviders.ALIPAY_SELLER_ID));
        all.put("WechatGatewayUrl", providers.url());
        all.put("AlipayGatewayUrl", providers.url() + "/gateway.do");
        all.put("AlipayPrivateKey", base64(providers.applicationsKeys().getPrivate()));
        all.put("AlipayPublicKey", base64(providers.alipaysKey()));
        all.putAll(changes);
        all.values().removeIf(""::equals);
        return Settings.of(JsonMapper.shared().valueToTree(all));
    }

    /// One that may call this machine, and finds the public address on it.
    Doctor doctor() {
        PublicAddress.Names names = _ -> new InetAddress[]{InetAddress.getByName("203.0.113.7")};
        return new Doctor(PaymentChannels.installed(), Clock.systemUTC(), http,
                new PublicAddress(http, names, new GatewayHosts(Set.of("127.0.0.1", "localhost"))));
    }

    static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    @Override
    public void close() {
        http.close();
        face.close();
        providers.close();
    }
}
