package dev.sluice.sandbox.wallet;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The files of the wallet's pages. Browsers keep them and ask each time whether they have changed.
@RestController
final class WalletFiles {
    private final ResponseEntity<byte[]> style = file("wallet.css", new MediaType("text", "css", UTF_8));
    private final ResponseEntity<byte[]> script = file("wallet.js", new MediaType("text", "javascript", UTF_8));
    private final ResponseEntity<byte[]> icon = file("icon.svg", new MediaType("image", "svg+xml", UTF_8));

    @GetMapping("/wallet/wallet.css")
    ResponseEntity<byte[]> style() {
        return style;
    }

    @GetMapping("/wallet/wallet.js")
    ResponseEntity<byte[]> script() {
        return script;
    }

    @GetMapping("/wallet/icon.svg")
    ResponseEntity<byte[]> icon() {
        return icon;
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type) {
        try {
            byte[] bytes = new ClassPathResource(name, WalletFiles.class).getContentAsByteArray();
            return ResponseEntity.ok()
                    .contentType(type)
                    .cacheControl(CacheControl.noCache())
                    .eTag(DigestUtils.md5DigestAsHex(bytes))
                    .header("X-Content-Type-Options", "nosniff")
                    .body(bytes);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
