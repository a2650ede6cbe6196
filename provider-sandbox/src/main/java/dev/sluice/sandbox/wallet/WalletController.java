package dev.sluice.sandbox.wallet;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.trade.Scan;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The wallet for people. As with a real phone, opening the page of a code is scanning it.
@RestController
@RequestMapping("/wallet")
final class WalletController {
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'";

    private final Wallet wallet;

    WalletController(Wallet wallet) {
        this.wallet = wallet;
    }

    @GetMapping
    ResponseEntity<byte[]> open(@RequestParam(defaultValue = "") String code) {
        return page(code.isBlank() ? WalletPages.scanner() : shown(wallet.open(code), code));
    }

    @PostMapping("/pay")
    ResponseEntity<byte[]> pay(@ModelAttribute CodeForm form) {
        return page(shown(wallet.pay(form.text()), form.text()));
    }

    @PostMapping("/leave")
    ResponseEntity<byte[]> leave(@ModelAttribute CodeForm form) {
        return page(wallet.leave(form.text()) ? WalletPages.left() : WalletPages.refused(WalletError.of(Scan.Reason.UNKNOWN_CODE)));
    }

    private static String shown(Scan scan, String code) {
        return switch (scan) {
            case Scan.Accepted(var trade) when trade.paid() -> WalletPages.paid(Cashier.of(trade));
            case Scan.Accepted(var trade) -> WalletPages.cashier(Cashier.of(trade), code);
            case Scan.Refused(var reason) -> WalletPages.refused(WalletError.of(reason));
        };
    }

    private static ResponseEntity<byte[]> page(String html) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(html.getBytes(UTF_8));
    }

    record CodeForm(@Nullable String code) {
        String text() {
            return code == null ? "" : code;
        }
    }
}
