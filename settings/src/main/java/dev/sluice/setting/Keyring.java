package dev.sluice.setting;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.setting.key.KeyDerivation;
import dev.sluice.setting.key.SealingKeys;
import dev.sluice.setting.key.SigningKeys;

/// Seals, opens, signs and verifies what operators set. A sealed value is bound to its name and its change, so it cannot be moved to
/// another place or time. All keys are derived from the master key: one that seals for each [Secrecy], and one that signs.
///
/// An app that only verifies the providers' messages is given the key that opens the settings that verify, and the public half of the one
/// that signs. It opens no setting that signs, and it can set nothing, as it signs nothing.
///
/// Of several master keys, separated by commas, the first one seals and signs; each one opens and verifies.
public final class Keyring {
    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern VERIFYING_KEY = Pattern.compile("[0-9A-Fa-f]{64}:[0-9A-Fa-f]{64}");
    private static final int KEY_DIGITS = 2 * KeyDerivation.KEY_BYTES;
    private static final String SIGNING = "sluice/settings/signing";
    private static final String VERIFYING = "sluice/settings/verifying";
    private static final String AUTHORITY = "sluice/settings/authority";
    private static final String PROBE = "sluice/probe";
    private static final String LINKS = "sluice/links";

    private final Map<Secrecy, SealingKeys> sealing;
    private final SigningKeys authority;
    private final boolean verifyingOnly;
    private final Optional<byte[]> probeKey;
    private final List<byte[]> linkSecrets;

    private Keyring(Map<Secrecy, SealingKeys> sealing, SigningKeys authority, boolean verifyingOnly, Optional<byte[]> probeKey,
            List<byte[]> linkSecrets) {
        this.sealing = sealing;
        this.authority = authority;
        this.verifyingOnly = verifyingOnly;
        this.probeKey = probeKey;
        this.linkSecrets = linkSecrets;
    }

    private static Keyring empty(boolean verifyingOnly) {
        return new Keyring(Map.of(), SigningKeys.ofPublicKeys(List.of()), verifyingOnly, Optional.empty(), List.of());
    }

    /// The keyring of an app that sends signed requests to the providers.
    ///
    /// @param masterKey 64 hexadecimal digits, or several such, separated by commas; blank, it opens nothing and believes nothing
    /// @throws BadSettingException when a key is malformed
    public static Keyring ofMasterKey(String masterKey) {
        if (masterKey.isBlank()) {
            return empty(false);
        }
        List<byte[]> masters = masters(masterKey);
        List<byte[]> verifying = derived(masters, VERIFYING);
        var sealing = new EnumMap<Secrecy, SealingKeys>(Map.of(Secrecy.VERIFYING, new SealingKeys(verifying), Secrecy.SIGNING,
                new SealingKeys(derived(masters, SIGNING))));
        return new Keyring(sealing, SigningKeys.ofSeeds(derived(masters, AUTHORITY)), false, probeKey(verifying), derived(masters, LINKS));
    }

    /// The keyring of an app that only verifies.
    ///
    /// @param verifyingKey the result of [#verifyingKey(String)]; blank, it opens nothing and believes nothing
    /// @throws BadSettingException when a key is malformed
    public static Keyring ofVerifyingKey(String verifyingKey) {
        if (verifyingKey.isBlank()) {
            return empty(true);
        }
        List<String> pairs = parts(verifyingKey, VERIFYING_KEY, "SLUICE_VERIFYING_KEY must be 64 hexadecimal digits, a colon and 64 more:"
                + " docs/operations.md derives them from the master key");
        List<byte[]> opening = pairs.stream().map(pair -> HexFormat.of().parseHex(pair.substring(0, KEY_DIGITS))).toList();
        List<byte[]> publicKeys = pairs.stream().map(pair -> HexFormat.of().parseHex(pair.substring(KEY_DIGITS + 1))).toList();
        return new Keyring(new EnumMap<>(Map.of(Secrecy.VERIFYING, new SealingKeys(opening))), SigningKeys.ofPublicKeys(publicKeys), true,
                probeKey(opening), List.of());
    }

    /// What an app that only verifies is given, in hexadecimal digits: the key that opens the settings that verify, a colon, and the public
    /// key by which it recognises what operators have set.
    ///
    /// @throws BadSettingException when the master key is malformed
    public static String verifyingKey(String masterKey) {
        return String.join(",", masters(masterKey).stream().map(master -> {
            byte[] opening = KeyDerivation.derive(master, VERIFYING);
            byte[] publicKey = SigningKeys.publicKey(KeyDerivation.derive(master, AUTHORITY));
            return HexFormat.of().formatHex(opening) + ":" + HexFormat.of().formatHex(publicKey);
        }).toList());
    }

    private static List<byte[]> masters(String text) {
        return parts(text, KEY, "SLUICE_MASTER_KEY must be 64 hexadecimal digits, as `openssl rand -hex 32` makes them").stream()
                .map(HexFormat.of()::parseHex).toList();
    }

    private static List<String> parts(String text, Pattern form, String fault) {
        return Stream.of(text.split(",", -1)).map(String::strip).map(part -> {
            if (!form.matcher(part).matches()) {
                throw new BadSettingException(fault);
            }
            return part;
        }).toList();
    }

    private static List<byte[]> derived(List<byte[]> masters, String purpose) {
        return masters.stream().map(master -> KeyDerivation.derive(master, purpose)).toList();
    }

    private static Optional<byte[]> probeKey(List<byte[]> verifying) {
        return Optional.of(KeyDerivation.derive(verifying.getFirst(), PROBE));
    }

    /// Whether it can set anything.
    public boolean signs() {
        return !verifyingOnly && !sealing.isEmpty();
    }

    /// Signs a change of settings.
    ///
    /// @throws IllegalStateException when it cannot set anything
    byte[] sign(byte[] content) {
        return authority.sign(content);
    }

    /// By which of the master keys a change is signed, from 0 on; -1 when by none.
    int signer(byte[] content, byte[] signature) {
        return authority.signer(content, signature);
    }

    /// Whether this app needs the setting.
    boolean concerns(Secrecy secrecy) {
        return !verifyingOnly || secrecy != Secrecy.SIGNING;
    }

    /// The value as it is stored.
    ///
    /// @param change the id of the change that carries it
    /// @throws IllegalStateException when it cannot set anything
    String seal(String label, Secrecy secrecy, String json, String change) {
        SealingKeys keys = sealing.get(secrecy);
        if (!signs() || (keys == null && secrecy != Secrecy.OPEN)) {
            throw new IllegalStateException("no key to set " + label);
        }
        return keys == null ? json : keys.seal(json, place(label, change));
    }

    /// The value as it was set; nothing when it was sealed by another key, or for another name or change.
    Optional<String> open(String label, Secrecy secrecy, String stored, String change) {
        return secrecy == Secrecy.OPEN
                ? Optional.of(stored)
                : Optional.ofNullable(sealing.get(secrecy)).flatMap(keys -> keys.open(stored, place(label, change)));
    }

    private static String place(String label, String change) {
        return label + "\n" + change;
    }

    /// A secret by which the apps of one installation recognise each other.
    public Optional<byte[]> probeKey() {
        return probeKey.map(byte[]::clone);
    }

    /// The secrets by which an app makes and recognises the keys of orders' links: one of each master key, the first one to make them.
    public List<byte[]> linkSecrets() {
        return linkSecrets.stream().map(byte[]::clone).toList();
    }

    @Override
    public String toString() {
        return "Keyring" + sealing.keySet();
    }
}
