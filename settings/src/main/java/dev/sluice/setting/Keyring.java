package dev.sluice.setting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.value.UserId;

/// Seals and opens the secret settings: AES-256-GCM by Tink, bound to the name of the setting, so a sealed value cannot be moved to
/// another name. The keys are derived from the master key, one for each [Secrecy]: the verifying key opens the settings that
/// verify, and none that sign.
///
/// Of several master keys, separated by commas, the first one seals and each one opens.
public final class Keyring {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String SIGNING = "sluice/settings/signing";
    private static final String VERIFYING = "sluice/settings/verifying";
    private static final String PROBE = "sluice/probe";

    private final Map<Secrecy, Aead> keys;
    private final boolean verifyingOnly;
    private final Optional<byte[]> probeKey;

    private Keyring(Map<Secrecy, Aead> keys, boolean verifyingOnly, Optional<byte[]> probeKey) {
        this.keys = keys;
        this.verifyingOnly = verifyingOnly;
        this.probeKey = probeKey;
    }

    /// The keyring of an app that sends signed requests to the providers.
    ///
    /// @param masterKey 64 hexadecimal digits, or several such, separated by commas; blank, it opens nothing and seals nothing
    /// @throws BadSettingException when a key is malformed
    public static Keyring ofMasterKey(String masterKey) {
        if (masterKey.isBlank()) {
            return new Keyring(Map.of(), false, Optional.empty());
        }
        List<byte[]> masters = keys(masterKey, "SLUICE_MASTER_KEY");
        List<byte[]> verifying = masters.stream().map(master -> derived(master, VERIFYING)).toList();
        List<byte[]> signing = masters.stream().map(master -> derived(master, SIGNING)).toList();
        return new Keyring(new EnumMap<>(Map.of(Secrecy.VERIFYING, aead(verifying), Secrecy.SIGNING, aead(signing))), false,
                Optional.of(derived(verifying.getFirst(), PROBE)));
    }

    /// The keyring of an app that only verifies.
    ///
    /// @param verifyingKey the result of [#verifyingKey(String)]; blank, it opens nothing
    /// @throws BadSettingException when a key is malformed
    public static Keyring ofVerifyingKey(String verifyingKey) {
        if (verifyingKey.isBlank()) {
            return new Keyring(Map.of(), true, Optional.empty());
        }
        List<byte[]> verifying = keys(verifyingKey, "SLUICE_VERIFYING_KEY");
        return new Keyring(new EnumMap<>(Map.of(Secrecy.VERIFYING, aead(verifying))), true,
                Optional.of(derived(verifying.getFirst(), PROBE)));
    }

    /// The key that opens the settings that verify, and only them, in hexadecimal digits: HKDF-Expand with SHA-256.
    ///
    /// @throws BadSettingException when the master key is malformed
    public static String verifyingKey(String masterKey) {
        return String.join(",", keys(masterKey, "SLUICE_MASTER_KEY").stream()
                .map(master -> HexFormat.of().formatHex(derived(master, VERIFYING))).toList());
    }

    private static List<byte[]> keys(String text, String variable) {
        return Stream.of(text.split(",", -1)).map(String::strip).map(key -> {
            if (!KEY.matcher(key).matches()) {
                throw new BadSettingException(variable + " must be 64 hexadecimal digits, as `openssl rand -hex 32` makes them");
            }
            return HexFormat.of().parseHex(key);
        }).toList();
    }

    private static byte[] derived(byte[] key, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "HKDF"),
                    purpose.getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 25 on has HKDF", e);
        }
    }

    @AccessesPartialKey
    private static Aead aead(List<byte[]> keys) {
        try {
            AeadConfig.register();
            var parameters = AesGcmParameters.builder().setKeySizeBytes(KEY_BYTES).setIvSizeBytes(NONCE_BYTES).setTagSizeBytes(TAG_BYTES)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
            KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
            for (int i = 0; i < keys.size(); i++) {
                var bytes = SecretBytes.copyFrom(keys.get(i), InsecureSecretKeyAccess.get());
                var entry = KeysetHandle.importKey(AesGcmKey.builder().setParameters(parameters).setKeyBytes(bytes).build())
                        .withFixedId(i + 1);
                keyset.addEntry(i == 0 ? entry.makePrimary() : entry);
            }
            return keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink does not take the keys", e);
        }
    }

    /// Whether it can seal a value of the setting.
    public boolean seals(Setting setting) {
        return setting.secrecy() == Secrecy.OPEN || keys.containsKey(setting.secrecy());
    }

    /// The value as it is stored in the topic.
    ///
    /// @param value empty when the setting returns to its default
    /// @throws IllegalStateException when the key to seal it with is missing
    public SettingValue seal(Setting setting, Optional<JsonNode> value, UserId actor, Instant at) {
        String text = value.map(JsonNode::toString).orElse("");
        boolean secret = setting.secrecy() != Secrecy.OPEN && value.isPresent();
        return new SettingValue(setting.label(), setting.secrecy(), secret ? sealed(setting, text) : text, actor, at);
    }

    private String sealed(Setting setting, String text) {
        Aead key = keys.get(setting.secrecy());
        if (key == null) {
            throw new IllegalStateException("no key to seal " + setting.label());
        }
        try {
            return Base64.getEncoder().encodeToString(key.encrypt(text.getBytes(StandardCharsets.UTF_8), boundTo(setting)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + setting.label(), e);
        }
    }

    /// Whether this app needs the setting.
    boolean concerns(Setting setting) {
        return !verifyingOnly || setting.secrecy() != Secrecy.SIGNING;
    }

    /// The value as it was stored in the topic.
    ///
    /// @throws BadSettingException when it cannot be opened, or has the wrong form
    StoredSetting open(Setting setting, SettingValue value) {
        if (value.secrecy() != setting.secrecy()) {
            throw new BadSettingException("the stored value of " + setting.label() + " is not sealed as required");
        }
        Optional<JsonNode> opened = value.value().isEmpty()
                ? Optional.empty()
                : Optional
                        .of(Settings.valueOf(setting, setting.secrecy() == Secrecy.OPEN ? value.value() : opened(setting, value.value())));
        return new StoredSetting(opened, value.actor(), value.at());
    }

    private String opened(Setting setting, String sealed) {
        Aead key = keys.get(setting.secrecy());
        try {
            if (key == null) {
                throw new UndecryptableSettingException(setting);
            }
            return new String(key.decrypt(Base64.getDecoder().decode(sealed), boundTo(setting)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UndecryptableSettingException(setting);
        }
    }

    private static byte[] boundTo(Setting setting) {
        return setting.label().getBytes(StandardCharsets.US_ASCII);
    }

    /// A secret by which the apps of one installation recognise each other.
    public Optional<byte[]> probeKey() {
        return probeKey.map(byte[]::clone);
    }

    @Override
    public String toString() {
        return "Keyring" + keys.keySet();
    }
}
