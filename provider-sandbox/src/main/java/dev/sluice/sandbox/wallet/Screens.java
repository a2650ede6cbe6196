package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.ScannableCode;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeTerms;

/// What the phone shows.
@Component
record Screens(SandboxProperties properties, Clock clock) {

    /// @param title of the page
    record Screen(String title, Html content) {}

    /// @param left whether the payer has just turned away from a code
    Screen scanner(Language language, List<ScannableCode> codes, boolean left) {
        return new Screen(language.text(left ? "left.title" : "scan.title"), Template.SCANNER.with(language, Map.of(
                "codes", codes(language, codes),
                "none", new Html(codes.isEmpty() ? "" : "hidden"),
                "not_left", new Html(left ? "" : "hidden"))));
    }

    /// The codes that can be picked, as items of a list.
    Html codes(Language language, List<ScannableCode> codes) {
        return Html.joined(codes.stream().map(code -> code(language, code)).toList());
    }

    private Html code(Language language, ScannableCode scannable) {
        Map<String, Object> values = values(language, scannable.code().terms());
        values.put("code", scannable.code().text());
        values.put("issued", scannable.code().issuedAt());
        values.put("age", age(language, scannable.code().issuedAt()));
        values.put("not_scanned", new Html(scannable.scanned() ? "" : "hidden"));
        return Template.CODE.with(language, values);
    }

    /// After a scan: what is to be paid, or is paid already, or why not.
    Screen of(Language language, Scan scan, String code) {
        return switch (scan) {
            case Scan.Accepted(var trade) when trade.paid() -> paid(language, trade);
            case Scan.Accepted(var trade) -> {
                Map<String, Object> values = values(language, trade);
                values.put("code", code);
                yield new Screen(language.text("cashier.title"), Template.CASHIER.with(language, values));
            }
            case Scan.Refused(var reason) -> {
                String title = language.text("refused." + reason + ".title");
                String why = language.text("refused." + reason + ".why");
                yield new Screen(title, Template.REFUSED.with(language, Map.of("title", title, "why", why)));
            }
        };
    }

    private Screen paid(Language language, Trade trade) {
        Map<String, Object> values = values(language, trade);
        values.put("transaction", trade.transactionId());
        values.put("paid", BeijingTime.SPACED.write(Objects.requireNonNull(trade.payment()).at()));
        return new Screen(language.text("paid.title"), Template.PAID.with(language, values));
    }

    private Map<String, Object> values(Language language, Trade trade) {
        Map<String, Object> values = values(language, trade.terms());
        values.put("number", trade.number());
        return values;
    }

    private Map<String, Object> values(Language language, TradeTerms terms) {
        Provider provider = terms.key().provider();
        String merchant = properties.merchant().strip();
        Map<String, Object> values = new HashMap<>();
        values.put("mark", provider.name().toLowerCase(Locale.ROOT));
        values.put("provider", language.text("provider." + provider));
        values.put("amount", String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(terms.fen(), 2)));
        values.put("subject", terms.subject());
        values.put("payee", merchant.isEmpty() ? language.text("merchant", terms.payee()) : merchant);
        return values;
    }

    private String age(Language language, Instant issued) {
        Duration age = Duration.between(issued, clock.instant());
        if (age.toMinutes() == 0) {
            return language.text("age.seconds", Math.max(0, age.toSeconds()));
        }
        return age.toHours() == 0 ? language.text("age.minutes", age.toMinutes()) : language.text("age.hours", age.toHours());
    }
}
