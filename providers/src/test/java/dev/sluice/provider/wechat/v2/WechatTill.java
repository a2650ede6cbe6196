package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.binarywang.wxpay.util.SignUtils;

import dev.sluice.event.value.Merchant;
import dev.sluice.provider.wechat.account.WechatClientCertificate;
import dev.sluice.provider.wechat.v2.message.WechatSignType;
import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.MalformedMessageException;

/// A test's merchant at WeChat Pay, and answers as WeChat Pay would sign them for it, signed by WxJava.
final class WechatTill {
    static final Merchant MERCHANT = new Merchant("wxd930ea5d5a258f4f", "10000100");
    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";
    private static final WechatSignature SIGNATURE = new WechatSignature(KEY, WechatSignType.HMAC_SHA256);

    private WechatTill() {}

    static WechatMerchant at(URI... gateways) {
        return new WechatMerchant(MERCHANT, KEY, WechatSignType.HMAC_SHA256, Optional.empty(), List.of(gateways));
    }

    static WechatConnection certified(WechatClientCertificate certificate, URI... gateways) {
        return new WechatConnection(
                new WechatMerchant(MERCHANT, KEY, WechatSignType.HMAC_SHA256, Optional.of(certificate), List.of(gateways)));
    }

    static WechatConnection speaking(URI... gateways) {
        return new WechatConnection(at(gateways));
    }

    static String signed(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(
                Map.of("return_code", "SUCCESS", "appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "nonce_str", "n"));
        all.putAll(fields);
        all.put("sign", SignUtils.createSign(new HashMap<>(all), WechatSignType.HMAC_SHA256.wireName(), KEY, new String[0]));
        return new String(WechatXml.write(all), StandardCharsets.UTF_8);
    }

    static Map<String, String> asked(String xml) {
        try {
            Map<String, String> fields = WechatXml.parse(xml.getBytes(StandardCharsets.UTF_8));
            if (!SIGNATURE.isRight(fields)) {
                throw new AssertionError("not signed");
            }
            return fields;
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
