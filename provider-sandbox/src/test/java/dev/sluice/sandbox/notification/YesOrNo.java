package dev.sluice.sandbox.notification;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A provider that is acknowledged with yes, and pauses for a second. Its notifications read as a careful merchant understands them.
record YesOrNo() implements TradeNotification {
    @Override
    public Form form() {
        return new Form(Provider.WECHAT, Collections.nCopies(3, Duration.ofSeconds(1)), List.of("merchant"), "payer");
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return new String(answer, UTF_8).equals("yes");
    }

    @Override
    public Map<String, String> fields(Trade trade) {
        return new HashMap<>(Map.of("merchant", "100", "transaction", trade.transactionId(), "payer", "any",
                "text", trade.number() + " paid " + trade.terms().fen()));
    }

    @Override
    public String sign(Trade trade, Map<String, String> fields) {
        return sign(fields);
    }

    @Override
    public NotificationBody body(Map<String, String> fields) {
        String text = fields.getOrDefault("text", "");
        if (!sign(fields).equals(fields.get("sign"))) {
            text = fields.containsKey("sign") ? "wrongly signed" : "unsigned";
        } else if (!Objects.equals(fields.get("merchant"), "100")) {
            text = "another merchant's";
        }
        return new NotificationBody("text/plain", text);
    }

    @Override
    public void makeOutdated(Map<String, String> fields) {
        fields.put("text", "outdated");
    }

    @Override
    public void signWeakly(Map<String, String> fields) {
        fields.put("sign", "weak");
    }

    private static String sign(Map<String, String> fields) {
        return fields.get("merchant") + fields.get("transaction") + fields.get("payer") + fields.get("text");
    }
}
