package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.ProviderText;

/// Refund notifications of WeChat Pay v2. They have no signature: what decrypts with our key is genuine. They come to the payment's notify
/// URL when it is configured for refunds in the merchant platform.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "退款结果通知"
final class WechatRefundNotification {
    /// The field that carries it, encrypted.
    static final String FIELD = "req_info";

    // WeChat Pay has chosen the mode, not we.
    private static final String ALGORITHM = "AES/ECB/PKCS5Padding";

    private static final Pattern REFUND_ID = Pattern.compile("[0-9]{1,32}");
    private static final Set<String> STATES = Set.of("SUCCESS", "CHANGE", "REFUNDCLOSE");

    private final SecretKeySpec key;

    WechatRefundNotification(String apiV2Key) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(apiV2Key.getBytes(StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /// Whether a notification that was verified is about a refund: that of a payment is signed.
    static boolean isOne(Map<String, String> verified) {
        return verified.containsKey(FIELD) && !verified.containsKey(WechatSignature.FIELD);
    }

    /// The verdict about fields that hold such a notification, by our key; nothing for any others.
    Optional<Verdict> read(Map<String, String> fields) {
        return Optional.ofNullable(fields.get(FIELD)).flatMap(this::decrypted).map(WechatRefundNotification::understand);
    }

    private Optional<Map<String, String>> decrypted(String text) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.DECRYPT_MODE, key);
            Map<String, String> refund = WechatXml.parse(cipher.doFinal(Base64.getDecoder().decode(text)));
            return refund.containsKey("refund_status") ? Optional.of(refund) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | MalformedMessageException e) {
            // Not Base64, not our key, or not what WeChat Pay encrypts.
            return Optional.empty();
        }
    }

    /// Each block is encrypted by itself, so a captured text can be cut into others that decrypt: only what WeChat Pay writes is believed.
    private static Verdict understand(Map<String, String> refund) {
        String id = refund.getOrDefault("refund_id", "");
        String status = refund.getOrDefault("refund_status", "");
        if (!REFUND_ID.matcher(id).matches() || !STATES.contains(status)) {
            return new Verdict.Forged("no refund_id or refund_status of WeChat Pay's");
        }
        String what = "a refund: %s, refund_fee %s, out_refund_no %s".formatted(status, refund.getOrDefault("refund_fee", ""),
                refund.getOrDefault("out_refund_no", ""));
        return new Verdict.NotAPayment(ProviderText.shown(what), SignedMessage.of(refund.getOrDefault("out_trade_no", ""),
                "refund " + id + " " + status));
    }
}
