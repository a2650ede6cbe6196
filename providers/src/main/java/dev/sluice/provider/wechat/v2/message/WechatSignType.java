package dev.sluice.provider.wechat.v2.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;

/// How WeChat Pay v2 signs.
public enum WechatSignType {
    /// Of the text.
    MD5("MD5"),
    /// Keyed.
    HMAC_SHA256("HMAC-SHA256");

    private final String wireName;

    WechatSignType(String wireName) {
        this.wireName = wireName;
    }

    /// The value of `sign_type`.
    public String wireName() {
        return wireName;
    }

    /// The type of this name.
    ///
    /// @throws BadSettingException when `name` is neither
    public static WechatSignType of(String name) {
        return Arrays
                .stream(values())
                .filter(type -> type.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadSettingException(WechatSettings.SIGN_TYPE, GeneralFault.NOT_A_CHOICE, "HMAC-SHA256, MD5"));
    }

    /// Upper-case hex, as the wire has it.
    String digest(String text, String key) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().withUpperCase().formatHex(switch (this) {
                case MD5 -> MessageDigest.getInstance("MD5").digest(bytes);
                case HMAC_SHA256 -> hmac(bytes, key.getBytes(StandardCharsets.UTF_8));
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5 and HmacSHA256", e);
        }
    }

    private static byte[] hmac(byte[] bytes, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes);
    }
}
