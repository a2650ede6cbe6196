package dev.sluice.sandbox.wallet;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.trade.Scan;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The payer's phone and the switches beside it: pages for people. As with a real phone, opening the page of a code is scanning it.
@RestController
@RequestMapping("/wallet")
record WalletController(Wallet wallet, Screens screens, FaultPanel faults) {
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final Scan UNKNOWN = new Scan.Refused(Scan.Reason.UNKNOWN_CODE);

    /// @param code content of a QR code, to scan it at once
    /// @param left present after the payer turned away from a code
    @GetMapping
    ResponseEntity<byte[]> open(@RequestParam(defaultValue = "") String code, @RequestParam(required = false) @Nullable String left,
            ServerHttpRequest request) {
        Reader reader = Reader.of(request);
        Language language = reader.language();
        return page(reader, code.isBlank()
                ? screens.scanner(language, wallet.scannable(), left != null)
                : screens.of(language, wallet.open(code.strip()), code.strip()));
    }

    /// The codes that can be picked, for the page to refresh its list.
    @GetMapping("/codes")
    ResponseEntity<byte[]> codes(ServerHttpRequest request) {
        return html(screens.codes(Reader.of(request).language(), wallet.scannable()));
    }

    /// A payment leads to its page, which can be loaded again.
    @PostMapping("/pay")
    ResponseEntity<byte[]> pay(ServerHttpRequest request) {
        String code = code(request);
        return switch (wallet.pay(code)) {
            case Scan.Accepted _ -> see("/wallet?code=" + UriUtils.encode(code, UTF_8));
            case Scan.Refused refused -> refused(refused, request);
        };
    }

    @PostMapping("/leave")
    ResponseEntity<byte[]> leave(ServerHttpRequest request) {
        return wallet.leave(code(request)) ? see("/wallet?left=yes") : refused(UNKNOWN, request);
    }

    private static String code(ServerHttpRequest request) {
        return RawBody.formValues(RawBody.read(request), "code").stream().findFirst().orElse("").strip();
    }

    private ResponseEntity<byte[]> refused(Scan refused, ServerHttpRequest request) {
        Reader reader = Reader.of(request);
        return page(reader, screens.of(reader.language(), refused, ""));
    }

    private ResponseEntity<byte[]> page(Reader reader, Screens.Screen screen) {
        return html(Template.FRAME.with(reader.language(), Map.of(
                "language", reader.language().tag(),
                "theme", reader.theme(),
                "title", screen.title(),
                "screen", screen.content(),
                "panel", faults.in(reader.language()))));
    }

    private static ResponseEntity<byte[]> html(Html html) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                // Not `no-referrer`: browsers would then send forms of these pages without the origin that OwnOriginFilter asks for.
                .header("Referrer-Policy", "same-origin")
                .body(html.markup().getBytes(UTF_8));
    }

    private static ResponseEntity<byte[]> see(String page) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(page)).build();
    }
}
