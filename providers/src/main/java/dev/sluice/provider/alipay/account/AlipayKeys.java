package dev.sluice.provider.alipay.account;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;

/// RSA keys in the form that Alipay's console shows them: Base64 without header lines. Other pasted material is recognised, so the
/// operator learns which of the usual mistakes it is.
final class AlipayKeys {
    private static final int SHORTEST_BITS = 2048;

    private AlipayKeys() {}

    /// @throws BadSettingException when it is not an RSA public key of 2048 bits or more
    static PublicKey publicKey(String text) {
        KeyMaterial material = KeyMaterial.of(text);
        if (material.kind() != KeyMaterial.Kind.PUBLIC) {
            checkCharacters(AlipaySettings.PUBLIC_KEY, text, material);
            throw new BadSettingException(AlipaySettings.PUBLIC_KEY, publicFault(material.kind()));
        }
        try {
            var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(material.der()));
            return sound(AlipaySettings.PUBLIC_KEY, key, material.isPem(), AlipayFault.PUBLIC_KEY_PEM);
        } catch (GeneralSecurityException e) {
            throw new BadSettingException(AlipaySettings.PUBLIC_KEY,
                    material.saysRsa() ? AlipayFault.PUBLIC_KEY_UNREADABLE : AlipayFault.KEY_NOT_RSA);
        }
    }

    private static AlipayFault publicFault(KeyMaterial.Kind kind) {
        return switch (kind) {
            case PRIVATE, PRIVATE_PKCS1, PRIVATE_ENCRYPTED, PRIVATE_EC -> AlipayFault.PUBLIC_KEY_IS_PRIVATE;
            case PUBLIC_PKCS1 -> AlipayFault.PUBLIC_KEY_PKCS1;
            case CERTIFICATE -> AlipayFault.PUBLIC_KEY_IS_CERTIFICATE;
            case PUBLIC, UNREADABLE -> AlipayFault.PUBLIC_KEY_UNREADABLE;
        };
    }

    /// @throws BadSettingException when it is not an RSA private key of 2048 bits or more in PKCS#8
    static PrivateKey privateKey(String text) {
        KeyMaterial material = KeyMaterial.of(text);
        if (material.kind() != KeyMaterial.Kind.PRIVATE) {
            checkCharacters(AlipaySettings.PRIVATE_KEY, text, material);
            throw new BadSettingException(AlipaySettings.PRIVATE_KEY, privateFault(material));
        }
        try {
            var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(material.der()));
            return sound(AlipaySettings.PRIVATE_KEY, key, material.isPem(), AlipayFault.PRIVATE_KEY_PEM);
        } catch (GeneralSecurityException e) {
            throw new BadSettingException(AlipaySettings.PRIVATE_KEY,
                    material.saysRsa() ? AlipayFault.PRIVATE_KEY_UNREADABLE : AlipayFault.KEY_NOT_RSA);
        }
    }

    private static void checkCharacters(Setting setting, String text, KeyMaterial material) {
        if (material.kind() == KeyMaterial.Kind.UNREADABLE) {
            KeyMaterial.foreign(text).ifPresent(character -> {
                throw new BadSettingException(setting, AlipayFault.KEY_FOREIGN_CHARACTER, character);
            });
        }
    }

    private static AlipayFault privateFault(KeyMaterial material) {
        return switch (material.kind()) {
            case PRIVATE_PKCS1 -> material.isPem() ? AlipayFault.PRIVATE_KEY_PKCS1_PEM : AlipayFault.PRIVATE_KEY_PKCS1;
            case PRIVATE_ENCRYPTED -> AlipayFault.PRIVATE_KEY_ENCRYPTED;
            case PRIVATE_EC -> AlipayFault.KEY_NOT_RSA;
            case PUBLIC, PUBLIC_PKCS1 -> AlipayFault.PRIVATE_KEY_IS_PUBLIC;
            case CERTIFICATE -> AlipayFault.PRIVATE_KEY_IS_CERTIFICATE;
            case PRIVATE, UNREADABLE -> AlipayFault.PRIVATE_KEY_UNREADABLE;
        };
    }

    private static <K> K sound(Setting setting, K key, boolean isPem, AlipayFault pemFault) {
        if (!(key instanceof RSAKey rsa)) {
            throw new BadSettingException(setting, AlipayFault.KEY_NOT_RSA);
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_BITS) {
            throw new BadSettingException(setting, AlipayFault.KEY_TOO_SHORT, bits);
        }
        if (isPem) {
            throw new BadSettingException(setting, pemFault);
        }
        return key;
    }

    /// The commonest mistake is to paste the public half of one's own pair where Alipay's belongs.
    ///
    /// @throws BadSettingException when the two are halves of one pair
    static void checkApart(PrivateKey ours, PublicKey alipays) {
        if (ours instanceof RSAKey own && alipays instanceof RSAKey theirs && own.getModulus().equals(theirs.getModulus())) {
            throw new BadSettingException(AlipaySettings.PUBLIC_KEY, AlipayFault.PUBLIC_KEY_IS_OWN);
        }
    }
}
