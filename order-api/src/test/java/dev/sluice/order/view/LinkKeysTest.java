package dev.sluice.order.view;

import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.sluice.setting.Keyring;

import static org.assertj.core.api.Assertions.assertThat;

class LinkKeysTest {
    private static final String MASTER = "0123456789abcdef".repeat(4);
    private static final String NEXT = "fedcba9876543210".repeat(4);
    private static final String NUMBER = "01M830QY68829T57P7RB2YQPZT";

    private final LinkKeys keys = new LinkKeys(Keyring.ofMasterKey(MASTER));

    @Test
    void isTheSameInEveryInstance() {
        String key = keys.keyOf(NUMBER).orElseThrow();

        assertThat(key).matches("[A-Za-z0-9_-]{22}");
        assertThat(new LinkKeys(Keyring.ofMasterKey(MASTER)).keyOf(NUMBER)).contains(key);
        assertThat(keys.opens(NUMBER, key)).isTrue();
    }

    @Test
    void opensNoOtherOrderAndIsNoOtherText() {
        String key = keys.keyOf(NUMBER).orElseThrow();

        assertThat(keys.opens("01M830QY68829T57P7RB2YQPZV", key)).isFalse();
        for (String other : new String[]{"", key.substring(1), key + "=", key.toUpperCase(Locale.ROOT), "\uFFFF"}) {
            assertThat(keys.opens(NUMBER, other)).as(other).isFalse();
        }
    }

    @Test
    void staysGoodWhileTheMasterKeyIsReplaced() {
        String key = keys.keyOf(NUMBER).orElseThrow();
        var both = new LinkKeys(Keyring.ofMasterKey(NEXT + "," + MASTER));

        assertThat(both.opens(NUMBER, key)).isTrue();
        assertThat(both.keyOf(NUMBER)).isPresent().isNotEqualTo(Optional.of(key));
        assertThat(new LinkKeys(Keyring.ofMasterKey(NEXT)).opens(NUMBER, key)).isFalse();
    }

    /// The gateway cannot open links: it has no master key.
    @Test
    void existsOnlyWithAMasterKey() {
        for (Keyring without : new Keyring[]{Keyring.ofMasterKey(""), Keyring.ofVerifyingKey(Keyring.verifyingKey(MASTER))}) {
            assertThat(new LinkKeys(without).keyOf(NUMBER)).isEmpty();
            assertThat(new LinkKeys(without).opens(NUMBER, "")).isFalse();
        }
    }
}
