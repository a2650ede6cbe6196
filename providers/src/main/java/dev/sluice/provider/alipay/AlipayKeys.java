package dev.sluice.provider.alipay;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;

/// RSA keys in the form that Alipay's console gives them: Base64 without header lines.
final class AlipayKeys {
    private AlipayKeys() {}

    /// @throws BadSettingException when it is not an RSA public key
    static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BadSettingException(Setting.ALIPAY_PUBLIC_KEY,
                    "must be Alipay's public key (支付宝公钥) as Base64 text without header lines, not a private key and not a certificate");
        }
    }

    /// @throws BadSettingException when it is not an RSA private key in PKCS#8
    static PrivateKey privateKey(String base64) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BadSettingException(Setting.ALIPAY_PRIVATE_KEY,
                    "must be the application's private key (应用私钥) in PKCS#8 as Base64 text without header lines; convert a PKCS#1 key with"
                            + " openssl pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER | base64 -w0");
        }
    }
}
