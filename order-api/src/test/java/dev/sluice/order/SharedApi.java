package dev.sluice.order;

import java.util.Map;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.sluice.event.value.Merchant;

/// One order API with kind providers for all tests that ask for one in their constructor: a start is the longest part of most of them.
/// Admins may set its settings, and [RunningApi#PROXY] is its reverse proxy. It is started for the first and ended after the last, so each test keeps to users and trade numbers of its own.
public final class SharedApi implements ParameterResolver, BeforeEachCallback {
    public static final Merchant MERCHANT = new Merchant("wx0000000000000001", "1900000001");

    public static final Merchant ALIPAY_MERCHANT = new Merchant("9021000000000001", "2088000000000001");

    public record Started(FakeWechat wechat, FakeAlipay alipay, RunningApi api) implements AutoCloseable {
        static Started now() {
            try {
                var wechat = new FakeWechat();
                var alipay = new FakeAlipay();
                return new Started(wechat, alipay, RunningApi.withSettings(settings(wechat, alipay),
                        "--SLUICE_MASTER_KEY=" + "0123456789abcdef".repeat(4), "--SLUICE_GATEWAY_HOSTS=127.0.0.1",
                        "--SLUICE_TRUSTED_PROXIES=" + RunningApi.PROXY, "--SLUICE_HOSTS=https://app.example.com",
                        "--sluice.pages=test-pages/",
                        "--SLUICE_ADDRESS=" + (RunningApi.hasIpv6() ? "::" : "127.0.0.1")));
            } catch (Exception e) {
                throw new IllegalStateException("the shared order API does not start", e);
            }
        }

        @Override
        public void close() {
            api.close();
            wechat.close();
            alipay.close();
        }
    }

    public static Map<String, Object> settings(FakeWechat wechat, FakeAlipay alipay) {
        return Map.ofEntries(Map.entry("ServerAddress", "https://pay.example.com"), Map.entry("WechatAppId", MERCHANT.appId()),
                Map.entry("WechatMchId", MERCHANT.merchantId()), Map.entry("WechatApiV2Key", FakeWechat.KEY),
                Map.entry("WechatSignType", "MD5"),
                Map.entry("WechatGatewayUrl", wechat.url()), Map.entry("WechatMinTopUp", 2),
                Map.entry("AlipayAppId", ALIPAY_MERCHANT.appId()),
                Map.entry("AlipaySellerId", ALIPAY_MERCHANT.merchantId()), Map.entry("AlipayPrivateKey", alipay.privateKey()),
                Map.entry("AlipayPublicKey", alipay.publicKey()), Map.entry("AlipayGatewayUrl", alipay.url()),
                Map.entry("TopupGroupRatio", Map.of("vip", 0.5)), Map.entry("UserDailyLimit", 2000), Map.entry("MerchantName", "陶然 AI"));
    }

    private static Started started(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started.class, _ -> Started.now(),
                Started.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        started(context).wechat.beKind();
        started(context).alipay.beKind();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningApi.class || type == FakeWechat.class || type == FakeAlipay.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = started(context);
        Class<?> type = parameter.getParameter().getType();
        return type == FakeWechat.class ? started.wechat : type == FakeAlipay.class ? started.alipay : started.api;
    }
}
