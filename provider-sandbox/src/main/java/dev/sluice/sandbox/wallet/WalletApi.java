package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trade;

/// The payer's wallet for programs, as JSON.
@RestController
@RequestMapping("/wallet/api")
record WalletApi(Wallet wallet) {
    private static final Scan UNKNOWN = new Scan.Refused(Scan.Reason.UNKNOWN_CODE);

    @PostMapping("/open")
    ResponseEntity<Object> open(@RequestBody ScannedCode code, ServerHttpRequest request) {
        return json(wallet.open(code.text()), Reader.of(request).language());
    }

    @PostMapping("/pay")
    ResponseEntity<Object> pay(@RequestBody ScannedCode code, ServerHttpRequest request) {
        return json(wallet.pay(code.text()), Reader.of(request).language());
    }

    @PostMapping("/leave")
    ResponseEntity<Object> leave(@RequestBody ScannedCode code, ServerHttpRequest request) {
        return wallet.leave(code.text()) ? ResponseEntity.ok(Map.of("status", "LEFT")) : json(UNKNOWN, Reader.of(request).language());
    }

    private static ResponseEntity<Object> json(Scan scan, Language language) {
        return switch (scan) {
            case Scan.Accepted(var trade) -> ResponseEntity.ok(seen(trade));
            case Scan.Refused(var reason) -> {
                HttpStatus status = reason == Scan.Reason.UNKNOWN_CODE ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
                String message = language.text("refused." + reason + ".title");
                yield ResponseEntity.status(status).body(Map.of("code", reason.name(), "message", message));
            }
        };
    }

    /// What the payer sees of a trade: its amount in yuan, and the provider's number once it is paid.
    private static Map<String, String> seen(Trade trade) {
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("provider", trade.key().provider().name());
        seen.put("payee", trade.terms().payee());
        seen.put("subject", trade.terms().subject());
        seen.put("amount", BigDecimal.valueOf(trade.terms().fen(), 2).toPlainString());
        seen.put("out_trade_no", trade.number());
        seen.put("status", trade.paid() ? "PAID" : "UNPAID");
        if (trade.paid()) {
            seen.put("transaction_id", trade.transactionId());
        }
        return seen;
    }
}
