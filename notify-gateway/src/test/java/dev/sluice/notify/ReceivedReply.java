package dev.sluice.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.testing.WechatMessage;

/// What the providers tell of one yuan paid for an order, signed with keys of the tests.
record ReceivedReply(String trade) {
    static final String WECHAT_KEY = "192006250b4c09247ec02edce69f6a2d";
    private static final KeyPair ALIPAY = rsa();

    /// Those settings that make the gateway believe it. Of WeChat Pay, although no orders are taken any more.
    static Map<String, ?> settings() {
        return Map.of("WechatAppId", "wx0000000000000001", "WechatMchId", "1900000001", "WechatApiV2Key", WECHAT_KEY, "WechatSignType",
                "MD5", "WechatEnabled", false, "AlipayAppId", "9021000000000001", "AlipaySellerId", "2088000000000001", "AlipayPublicKey",
                Base64.getEncoder().encodeToString(ALIPAY.getPublic().getEncoded()));
    }

    String wechat() {
        return wechat(Map.of());
    }

    /// With some fields said differently.
    String wechat(Map<String, String> differently) {
        return wechat(differently, WECHAT_KEY);
    }

    String wechat(Map<String, String> differently, String key) {
        Map<String, String> fields = new TreeMap<>(Map.of("appid", "wx0000000000000001", "mch_id", "1900000001", "return_code", "SUCCESS",
                "result_code", "SUCCESS", "out_trade_no", trade, "transaction_id", "4200-" + trade, "total_fee", "100", "fee_type", "CNY",
                "time_end", "20261122160000"));
        fields.put("trade_type", "NATIVE");
        fields.putAll(differently);
        return WechatMessage.signed(fields, key);
    }

    /// Of a refund, encrypted with the key.
    String wechatRefund(String refundId, String status) {
        String refund = "<root><out_trade_no>%s</out_trade_no><refund_id>%s</refund_id><refund_status>%s</refund_status><refund_fee>100</refund_fee><out_refund_no>RF-1</out_refund_no></root>"
                .formatted(trade, refundId, status);
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(WECHAT_KEY.getBytes(StandardCharsets.US_ASCII));
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII), "AES"));
            return "<xml><return_code>SUCCESS</return_code><appid><![CDATA[wx0000000000000001]]></appid><mch_id>1900000001</mch_id><nonce_str>n</nonce_str><req_info><![CDATA[%s]]></req_info></xml>"
                    .formatted(Base64.getEncoder().encodeToString(cipher.doFinal(refund.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// By the provider's code.
    String of(String provider, Map<String, String> differently) {
        return provider.equals("wechat") ? wechat(differently) : alipay(differently, "RSA2", "SHA256withRSA");
    }

    String alipay() {
        return alipay("RSA2", "SHA256withRSA");
    }

    String alipay(String type, String algorithm) {
        return alipay(Map.of(), type, algorithm);
    }

    private String alipay(Map<String, String> differently, String type, String algorithm) {
        Map<String, String> fields = new TreeMap<>(Map.of("app_id", "9021000000000001", "seller_id", "2088000000000001", "trade_status",
                "TRADE_SUCCESS", "out_trade_no", trade, "trade_no", "2026" + trade, "total_amount", "1.00", "gmt_payment",
                "2026-11-22 16:00:00"));
        fields.putAll(differently);
        String text = fields.entrySet().stream().filter(field -> !field.getValue().isEmpty()).map(Object::toString)
                .collect(Collectors.joining("&"));
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(ALIPAY.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            fields.put("sign", Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        fields.put("sign_type", type);
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
