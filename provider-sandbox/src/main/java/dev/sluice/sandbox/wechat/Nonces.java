package dev.sluice.sandbox.wechat;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

import org.springframework.stereotype.Component;

/// Makes `nonce_str` of 32 hexadecimal digits.
@Component
final class Nonces {
    private final RandomGenerator random;

    Nonces(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
