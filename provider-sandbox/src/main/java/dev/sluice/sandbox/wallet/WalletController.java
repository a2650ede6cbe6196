package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The payer's phone: pages for people, `/wallet/api` for programs. As with a real phone, opening the page of a code is scanning it.
@RestController
@RequestMapping("/wallet")
record WalletController(Trades trades, Notifier notifier) {
    private static final Logger LOG = LoggerFactory.getLogger(WalletController.class);
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'";
    private static final Scan UNKNOWN = new Scan.Refused(Scan.Reason.UNKNOWN_CODE);

    @GetMapping
    ResponseEntity<byte[]> openPage(@RequestParam(defaultValue = "") String code) {
        return code.isBlank() ? page(WalletPage.SCANNER, Map.of()) : page(trades.open(code.strip()), code);
    }

    @PostMapping("/pay")
    ResponseEntity<byte[]> payPage(@ModelAttribute ScannedCode form) {
        return page(pay(form), form.text());
    }

    @PostMapping("/leave")
    ResponseEntity<byte[]> leavePage(@ModelAttribute ScannedCode form) {
        return trades.leave(form.text()) ? page(WalletPage.LEFT, Map.of()) : page(UNKNOWN, form.text());
    }

    @PostMapping("/api/open")
    ResponseEntity<Object> open(@RequestBody ScannedCode code) {
        return json(trades.open(code.text()));
    }

    @PostMapping("/api/pay")
    ResponseEntity<Object> payJson(@RequestBody ScannedCode code) {
        return json(pay(code));
    }

    @PostMapping("/api/leave")
    ResponseEntity<Object> leave(@RequestBody ScannedCode code) {
        return trades.leave(code.text()) ? ResponseEntity.ok(Map.of("status", "LEFT")) : json(UNKNOWN);
    }

    /// Pays the whole amount. The payment is saved before the merchant is notified.
    private Scan pay(ScannedCode code) {
        Scan scan = trades.pay(code.text());
        if (scan instanceof Scan.Accepted(var trade)) {
            LOG.info("{} paid: {}", trade.number(), trade.transactionId());
            notifier.notifyOf(trade);
        }
        return scan;
    }

    private static ResponseEntity<Object> json(Scan scan) {
        return switch (scan) {
            case Scan.Accepted(var trade) -> ResponseEntity.ok(seen(trade));
            case Scan.Refused(var reason) -> {
                HttpStatus status = reason == Scan.Reason.UNKNOWN_CODE ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
                yield ResponseEntity.status(status).body(refusal(reason));
            }
        };
    }

    private static ResponseEntity<byte[]> page(Scan scan, String code) {
        return switch (scan) {
            case Scan.Accepted(var trade) -> {
                Map<String, String> values = seen(trade);
                values.put("title", switch (trade.key().provider()) {
                    case WECHAT -> "微信支付 WeChat Pay";
                    case ALIPAY -> "支付宝 Alipay";
                });
                values.put("code", code);
                yield page(trade.paid() ? WalletPage.PAID : WalletPage.CASHIER, values);
            }
            case Scan.Refused(var reason) -> page(WalletPage.REFUSED, refusal(reason));
        };
    }

    private static ResponseEntity<byte[]> page(WalletPage page, Map<String, String> values) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(page.with(values).getBytes(UTF_8));
    }

    /// What the payer sees of a trade, in JSON and on the pages: its amount in yuan, and the provider's number once it is paid.
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

    /// Why the wallet cannot use a code.
    private static Map<String, String> refusal(Scan.Reason reason) {
        return Map.of("code", reason.name(), "message", switch (reason) {
            case UNKNOWN_CODE -> "无法识别的付款码 · Unknown code";
            case EXPIRED_CODE -> "付款码已过期，请在商户页面重新获取 · This code has expired, get a new one from the merchant";
            case CONTEXT_INCONSISTENT -> "交易信息与之前的不一致 · This order was opened before on other terms";
            case CLOSED_TRADE -> "该订单已关闭，无法付款 · This order is closed, it cannot be paid";
            case ALREADY_PAID -> "该订单已支付，请勿重复付款 · This order is paid already";
        });
    }

    /// @param code content of the QR code
    record ScannedCode(@Nullable String code) {
        String text() {
            return code == null ? "" : code.strip();
        }
    }
}
