package dev.sluice.provider.wechat.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.regex.Pattern;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

import dev.sluice.setting.BadSettingException;

/// The merchant's certificate for its requests, `apiclient_cert.p12`. WeChat Pay demands it where money leaves the merchant. Its password is
/// the merchant number.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "API证书"
public final class WechatClientCertificate {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern MERCHANT_NUMBER = Pattern.compile("[0-9]{6,32}");
    /// The tag of an ASN.1 sequence, which a PKCS#12 file begins with.
    private static final byte SEQUENCE = 0x30;

    private final SSLContext sslContext;
    private final Instant expires;

    private WechatClientCertificate(SSLContext sslContext, Instant expires) {
        this.sslContext = sslContext;
        this.expires = expires;
    }

    /// The bytes of the file.
    ///
    /// @throws BadSettingException when the text is not Base64, or of another kind of file
    static byte[] file(String text) {
        if (text.contains("-----BEGIN ")) {
            throw bad(WechatFault.WECHAT_CERTIFICATE_PEM);
        }
        try {
            byte[] file = Base64.getDecoder().decode(BLANKS.matcher(text).replaceAll(""));
            if (file.length == 0 || file[0] != SEQUENCE) {
                throw bad(WechatFault.WECHAT_CERTIFICATE_NOT_PKCS12);
            }
            return file;
        } catch (IllegalArgumentException e) {
            throw bad(WechatFault.WECHAT_CERTIFICATE_NOT_BASE64);
        }
    }

    /// @throws BadSettingException when the file is no PKCS#12 file with the merchant's certificate and key
    static WechatClientCertificate open(byte[] file, String mchId) {
        return open(file, mchId, null);
    }

    /// @param trusted which hosts are trusted; null: those that the JVM trusts
    static WechatClientCertificate open(byte[] file, String mchId, TrustManager @Nullable [] trusted) {
        char[] password = mchId.toCharArray();
        try {
            KeyStore store = loaded(file, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    checkMerchant(certificate, mchId);
                    return new WechatClientCertificate(context(store, password, trusted), certificate.getNotAfter().toInstant());
                }
            }
            throw bad(WechatFault.WECHAT_CERTIFICATE_NOT_PKCS12);
        } catch (GeneralSecurityException e) {
            throw bad(WechatFault.WECHAT_CERTIFICATE_NOT_PKCS12);
        }
    }

    private static KeyStore loaded(byte[] file, char[] password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(file), password);
        } catch (IOException e) {
            throw bad(e.getCause() instanceof UnrecoverableKeyException
                    ? WechatFault.WECHAT_CERTIFICATE_PASSWORD
                    : WechatFault.WECHAT_CERTIFICATE_NOT_PKCS12);
        }
        return store;
    }

    /// Its common name is the merchant number. Old certificates have the merchant's name there, which proves nothing.
    private static void checkMerchant(X509Certificate certificate, String mchId) {
        try {
            var other = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN")).map(part -> String.valueOf(part.getValue()))
                    .filter(name -> MERCHANT_NUMBER.matcher(name).matches() && !name.equals(mchId)).findFirst();
            if (other.isPresent()) {
                throw bad(WechatFault.WECHAT_CERTIFICATE_OF_ANOTHER_MERCHANT, other.get());
            }
        } catch (InvalidNameException e) {
            throw bad(WechatFault.WECHAT_CERTIFICATE_NOT_PKCS12);
        }
    }

    /// For one client alone.
    private static SSLContext context(KeyStore store, char[] password, TrustManager @Nullable [] trusted) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted, null);
        return context;
    }

    /// Shows it to hosts that ask for one.
    public SSLContext sslContext() {
        return sslContext;
    }

    /// The last moment of its life.
    public Instant expires() {
        return expires;
    }

    public boolean hasExpired(Instant now) {
        return now.isAfter(expires);
    }

    /// Of a new setting. One that expires later lets payments be taken as before.
    ///
    /// @throws BadSettingException when it has expired
    public void checkValid(Instant now) {
        if (hasExpired(now)) {
            throw bad(WechatFault.WECHAT_CERTIFICATE_EXPIRED, expires.toString());
        }
    }

    private static BadSettingException bad(WechatFault fault, Object... arguments) {
        return new BadSettingException(WechatSettings.CLIENT_CERTIFICATE, fault, arguments);
    }
}
