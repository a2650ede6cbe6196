package dev.sluice.provider.alipay.account;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.provider.alipay.TestKeys;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.SettingFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AlipayKeysTest {
    private static final KeyPair PAIR = TestKeys.APPLICATION;
    private static final byte[] PKCS8 = PAIR.getPrivate().getEncoded();
    /// Of a 2048-bit key it stands behind 26 bytes of PKCS#8.
    private static final byte[] PKCS1 = Arrays.copyOfRange(PKCS8, 26, PKCS8.length);
    private static final byte[] SPKI = PAIR.getPublic().getEncoded();
    /// Of a 2048-bit key it stands behind 24 bytes of X.509.
    private static final byte[] PUBLIC_PKCS1 = Arrays.copyOfRange(SPKI, 24, SPKI.length);

    @TempDir
    private static Path folder;

    @Test
    void takesBareBase64WithOrWithoutLineBreaks() {
        assertThat(AlipayKeys.privateKey(base64(PKCS8))).isEqualTo(PAIR.getPrivate());
        assertThat(AlipayKeys.privateKey(lines(PKCS8))).isEqualTo(PAIR.getPrivate());
        assertThat(AlipayKeys.publicKey(" " + lines(SPKI) + "\n")).isEqualTo(PAIR.getPublic());
    }

    /// As editors, chats, JSON files and consoles give them: nothing of it could be of the key.
    @ParameterizedTest
    @ValueSource(strings = {"%s\\n", "\ufeff%s", "\u200b%s\u200b", "\"%s\"", "'%s'", "“%s”", "\u00a0%s\u3000", "%s\r\n", "\u202a%s\u202c"})
    void takesWhatWasPastedWithSomethingAroundIt(String around) {
        assertThat(AlipayKeys.privateKey(around.formatted(base64(PKCS8)))).isEqualTo(PAIR.getPrivate());
        assertThat(AlipayKeys.publicKey(around.formatted(base64(SPKI)))).isEqualTo(PAIR.getPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\t", "\"\n\"", "\u00ad"})
    void takesLinesThatAreSeparatedByWhatIsNoPartOfAKey(String separator) {
        assertThat(AlipayKeys.privateKey(lines(PKCS8).replace("\n", separator))).isEqualTo(PAIR.getPrivate());
        assertThat(AlipayKeys.publicKey(lines(SPKI).replace("\n", separator))).isEqualTo(PAIR.getPublic());
    }

    @Test
    void namesTheCharacterThatStandsInTheWay() {
        var bad = catchThrowableOfType(BadSettingException.class, () -> AlipayKeys.privateKey(base64(PKCS8).substring(0, 800) + "…"));

        assertThat(bad).hasMessageContaining("U+2026");
    }

    static Stream<Arguments> wrongPrivateKeys() throws Exception {
        return Stream.of(
                Arguments.of(AlipayFault.PRIVATE_KEY_PKCS1, base64(PKCS1)),
                Arguments.of(AlipayFault.PRIVATE_KEY_PKCS1, lines(PKCS1)),
                Arguments.of(AlipayFault.PRIVATE_KEY_PKCS1_PEM, pem("RSA PRIVATE KEY", PKCS1)),
                Arguments.of(AlipayFault.PRIVATE_KEY_PEM, pem("PRIVATE KEY", PKCS8)),
                Arguments.of(AlipayFault.PRIVATE_KEY_PEM, pem("PRIVATE KEY", PKCS8).replace("\n", " ")),
                Arguments.of(AlipayFault.PRIVATE_KEY_IS_PUBLIC, base64(SPKI)),
                Arguments.of(AlipayFault.PRIVATE_KEY_IS_PUBLIC, pem("PUBLIC KEY", SPKI)),
                Arguments.of(AlipayFault.PRIVATE_KEY_IS_CERTIFICATE, pem("CERTIFICATE", certificate())),
                Arguments.of(AlipayFault.PRIVATE_KEY_IS_CERTIFICATE, base64(certificate())),
                Arguments.of(AlipayFault.KEY_TOO_SHORT, base64(pair("RSA", 1024).getPrivate().getEncoded())),
                Arguments.of(AlipayFault.KEY_NOT_RSA, base64(pair("EC", 256).getPrivate().getEncoded())),
                Arguments.of(AlipayFault.KEY_NOT_RSA, pem("PRIVATE KEY", pair("Ed25519", 255).getPrivate().getEncoded())),
                Arguments.of(AlipayFault.PRIVATE_KEY_ENCRYPTED, pem("ENCRYPTED PRIVATE KEY", encrypted())),
                Arguments.of(AlipayFault.PRIVATE_KEY_ENCRYPTED, base64(encrypted())),
                Arguments.of(AlipayFault.PRIVATE_KEY_ENCRYPTED,
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n" + lines(PKCS1)
                                + "\n-----END RSA PRIVATE KEY-----"),
                Arguments.of(AlipayFault.PRIVATE_KEY_UNREADABLE, base64(PKCS8).substring(0, 1_000)),
                Arguments.of(AlipayFault.PRIVATE_KEY_PEM, pem("PRIVATE KEY", PKCS8).replace("-----", "----")),
                Arguments.of(AlipayFault.PRIVATE_KEY_PEM, pem("PRIVATE KEY", PKCS8).replace("\n", "\\n")),
                Arguments.of(AlipayFault.PRIVATE_KEY_PEM, pem("PRIVATE KEY", PKCS8).replace("-----", "——")),
                Arguments.of(AlipayFault.KEY_FOREIGN_CHARACTER, base64(PKCS8).substring(0, 800) + "…"),
                Arguments.of(AlipayFault.KEY_FOREIGN_CHARACTER, "私钥: " + base64(PKCS8)),
                Arguments.of(AlipayFault.KEY_FOREIGN_CHARACTER, base64(PKCS8) + ";"),
                Arguments.of(AlipayFault.PRIVATE_KEY_UNREADABLE, base64(brokenInside(PKCS8))),
                Arguments.of(AlipayFault.PRIVATE_KEY_UNREADABLE, "not a key at all"));
    }

    @ParameterizedTest
    @MethodSource("wrongPrivateKeys")
    void tellsApartWhatWasPastedForAPrivateKey(SettingFault fault, String pasted) {
        var bad = catchThrowableOfType(BadSettingException.class, () -> AlipayKeys.privateKey(pasted));

        assertTeaches(bad, AlipaySettings.PRIVATE_KEY, fault, pasted);
    }

    static Stream<Arguments> wrongPublicKeys() throws Exception {
        return Stream.of(
                Arguments.of(AlipayFault.PUBLIC_KEY_IS_PRIVATE, base64(PKCS8)),
                Arguments.of(AlipayFault.PUBLIC_KEY_IS_PRIVATE, pem("RSA PRIVATE KEY", PKCS1)),
                Arguments.of(AlipayFault.PUBLIC_KEY_IS_PRIVATE, base64(encrypted())),
                Arguments.of(AlipayFault.PUBLIC_KEY_PKCS1, pem("RSA PUBLIC KEY", PUBLIC_PKCS1)),
                Arguments.of(AlipayFault.PUBLIC_KEY_PKCS1, base64(PUBLIC_PKCS1)),
                Arguments.of(AlipayFault.PUBLIC_KEY_PEM, pem("PUBLIC KEY", SPKI)),
                Arguments.of(AlipayFault.PUBLIC_KEY_IS_CERTIFICATE, pem("CERTIFICATE", certificate())),
                Arguments.of(AlipayFault.PUBLIC_KEY_IS_CERTIFICATE, base64(certificate())),
                Arguments.of(AlipayFault.KEY_TOO_SHORT, base64(pair("RSA", 1024).getPublic().getEncoded())),
                Arguments.of(AlipayFault.KEY_NOT_RSA, base64(pair("EC", 256).getPublic().getEncoded())),
                Arguments.of(AlipayFault.PUBLIC_KEY_UNREADABLE, base64(SPKI).substring(4)),
                Arguments.of(AlipayFault.PUBLIC_KEY_UNREADABLE, base64(brokenInside(SPKI))),
                Arguments.of(AlipayFault.PUBLIC_KEY_PEM, pem("PUBLIC KEY", SPKI).replace("-----", "----")),
                Arguments.of(AlipayFault.KEY_FOREIGN_CHARACTER, "公钥在此，不是 Base64"));
    }

    @ParameterizedTest
    @MethodSource("wrongPublicKeys")
    void tellsApartWhatWasPastedForAlipaysPublicKey(SettingFault fault, String pasted) {
        var bad = catchThrowableOfType(BadSettingException.class, () -> AlipayKeys.publicKey(pasted));

        assertTeaches(bad, AlipaySettings.PUBLIC_KEY, fault, pasted);
    }

    private static void assertTeaches(BadSettingException bad, Setting setting, SettingFault fault, String pasted) {
        assertThat(bad.fault()).contains(fault);
        assertThat(bad.setting()).contains(setting);
        for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            assertThat(bad.text(locale)).contains(setting.label()).doesNotContain(pasted);
            pasted.replaceAll("\\p{Pd}+[A-Z0-9 ]+\\p{Pd}+(\\\\n)?", "").lines().filter(line -> line.length() > 20)
                    .forEach(line -> assertThat(bad.text(locale)).doesNotContain(line.substring(0, 20)));
        }
        assertThat(bad.text(Locale.CHINESE)).isNotEqualTo(bad.text(Locale.ENGLISH));
        assertThat(bad.getMessage()).isEqualTo(bad.text(Locale.ENGLISH)).doesNotContain("\n");
    }

    @Test
    void bytesThatAreNoKeyAreNeverTakenForOne() {
        var random = new SplittableRandom(20261122);
        for (int run = 0; run < 5_000; run++) {
            byte[] bytes = PKCS8.clone();
            for (int i = 0; i < random.nextInt(1, 4); i++) {
                bytes[random.nextInt(40)] = (byte) random.nextInt(256);
            }
            assertThat(KeyMaterial.of(base64(Arrays.copyOf(bytes, random.nextInt(bytes.length)))).kind())
                    .isEqualTo(KeyMaterial.Kind.UNREADABLE);
            KeyMaterial.of(base64(bytes));
        }
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    private static String lines(byte[] der) {
        return Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + lines(der) + "\n-----END " + label + "-----\n";
    }

    private static KeyPair pair(String algorithm, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /// Its outer structure stays whole.
    private static byte[] brokenInside(byte[] der) {
        byte[] broken = der.clone();
        Arrays.fill(broken, 30, 40, (byte) 0x7F);
        return broken;
    }

    private static byte[] encrypted() throws Exception {
        String algorithm = "PBEWithSHA1AndDESede";
        var cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("password".toCharArray())));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(PKCS8)).getEncoded();
    }

    /// The JDK makes certificates with its tool only.
    private static byte[] certificate() throws Exception {
        Path store = folder.resolve("certificate.p12");
        Path file = folder.resolve("certificate.der");
        if (!Files.exists(file)) {
            keytool("-genkeypair", "-alias", "a", "-keyalg", "RSA", "-dname", "CN=alipay", "-keystore", store.toString());
            keytool("-exportcert", "-alias", "a", "-file", file.toString(), "-keystore", store.toString());
        }
        return Files.readAllBytes(file);
    }

    private static void keytool(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.concat(Stream.of(arguments), Stream.of("-storepass", "password"))).toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
