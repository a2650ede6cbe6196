package dev.sluice.standalone;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SentNotifications as the demo's providers would send them, signed with the demo's keys by a few lines of the test's own.
record SentNotifications(Properties keys) {
    private static final String ALIPAY = "alipay";

    /// A notice about a payment.
    String paid(String method, String tradeNumber, String transactionId, long fen) {
        return told(method, tradeNumber, transactionId, fen, Map.of());
    }

    /// A notice about a payment that says some things differently.
    String told(String method, String tradeNumber, String transactionId, long fen, Map<String, String> differently) {
        return method.equals(ALIPAY)
                ? alipay(tradeNumber, transactionId, fen, differently)
                : wechat(tradeNumber, transactionId, fen, differently);
    }

    static String contentType(String method) {
        return method.equals(ALIPAY) ? "application/x-www-form-urlencoded; charset=utf-8" : "text/xml";
    }

    static String success(String method) {
        return method.equals(ALIPAY)
                ? "success"
                : "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
    }

    private String wechat(String tradeNumber, String transactionId, long fen, Map<String, String> differently) {
        Map<String, String> fields = new TreeMap<>(Map.of("appid", Demo.WECHAT_APP_ID, "mch_id", Demo.WECHAT_MCH_ID, "return_code",
                "SUCCESS", "result_code", "SUCCESS", "out_trade_no",
                tradeNumber, "transaction_id", transactionId, "total_fee", Long.toString(fen), "time_end", "20261122160000", "nonce_str",
                "n"));
        fields.put("trade_type", "NATIVE");
        fields.putAll(differently);
        String key = keys.getProperty("wechat-api-key");
        String text = joined(fields) + "&key=" + key;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            fields.put("sign", HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return fields.entrySet().stream()
                .map(field -> "<" + field.getKey() + "><![CDATA[" + field.getValue() + "]]></" + field.getKey() + ">")
                .collect(Collectors.joining("", "<xml>", "</xml>"));
    }

    private String alipay(String tradeNumber, String transactionId, long fen, Map<String, String> differently) {
        Map<String, String> fields = new TreeMap<>(Map.of("app_id", Demo.ALIPAY_APP_ID, "seller_id", Demo.ALIPAY_SELLER_ID, "trade_status",
                "TRADE_SUCCESS", "out_trade_no", tradeNumber,
                "trade_no", transactionId, "total_amount", "%d.%02d".formatted(fen / 100, fen % 100), "gmt_payment",
                "2026-11-22 16:00:00"));
        fields.put("trade_type", "NATIVE");
        fields.putAll(differently);
        String text = joined(fields);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(keys.getProperty("alipay-private-key")))));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            fields.put("sign", Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        fields.put("sign_type", "RSA2");
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// A notification of WeChat Pay about a refund: not signed, but encrypted with the key.
    String encryptedRefund(String tradeNumber, long fen) {
        String refund = "<root><out_trade_no>%s</out_trade_no><refund_id>50000001</refund_id><out_refund_no>RF-1</out_refund_no><refund_fee>%d</refund_fee><refund_status>SUCCESS</refund_status></root>"
                .formatted(tradeNumber, fen);
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(keys.getProperty("wechat-api-key").getBytes(StandardCharsets.US_ASCII));
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII), "AES"));
            return "<xml><return_code>SUCCESS</return_code><appid>%s</appid><mch_id>%s</mch_id><nonce_str>n</nonce_str><req_info><![CDATA[%s]]></req_info></xml>"
                    .formatted(Demo.WECHAT_APP_ID, Demo.WECHAT_MCH_ID,
                            Base64.getEncoder().encodeToString(cipher.doFinal(refund.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String joined(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue()).collect(Collectors.joining("&"));
    }
}
