package dev.sluice.provider.wechat.account;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates as WeChat Pay issues them to merchants, made by the JDK's `keytool`.
public final class TestCertificates {
    private TestCertificates() {}

    /// A PKCS#12 file with a key and a certificate.
    ///
    /// @param name     the common name
    /// @param password of the file
    /// @param options  further ones of `keytool`
    public static byte[] file(Path folder, String name, String password, String... options) {
        Path file = folder.resolve("cert" + System.nanoTime() + ".p12");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "tenpay certificate", "-keyalg", "EC", "-dname",
                "CN=" + name + ", OU=Sluice, O=微信商户系统, L=Shenzhen, C=CN", "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", password));
        command.addAll(List.of(options));
        try {
            Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String words = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(words);
            }
            return Files.readAllBytes(file);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }

    /// A certificate of ours that trusts one host.
    public static WechatClientCertificate trusting(byte[] file, String password, byte[] host, String hostPassword) {
        return WechatClientCertificate.open(file, password, trust(host, hostPassword).getTrustManagers());
    }

    /// A host that demands one certificate of its callers.
    public static SSLContext host(byte[] host, String hostPassword, byte[] client, String clientPassword) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(host, hostPassword), hostPassword.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(client, clientPassword).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManagerFactory trust(byte[] file, String password) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            KeyStore store = store(file, password);
            trusted.setCertificateEntry("it", (X509Certificate) store.getCertificate(store.aliases().nextElement()));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store(byte[] file, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), password.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A PKCS#12 file without a key.
    public static byte[] withoutKey(byte[] file, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            KeyStore other = store(file, password);
            store.setCertificateEntry("it", other.getCertificate(other.aliases().nextElement()));
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
