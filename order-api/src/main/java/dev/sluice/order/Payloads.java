package dev.sluice.order;

import java.util.ArrayList;
import java.util.List;

/// Trade numbers as PostgreSQL can notify of them: joined by spaces, in as few texts as its limit allows.
final class Payloads {
    private Payloads() {}

    static String[] of(List<String> tradeNos) {
        List<String> payloads = new ArrayList<>();
        var payload = new StringBuilder();
        for (String tradeNo : tradeNos) {
            if (payload.length() + 1 + tradeNo.length() > Limits.PAYLOAD_BYTES) {
                payloads.add(payload.toString());
                payload.setLength(0);
            }
            payload.append(payload.isEmpty() ? "" : " ").append(tradeNo);
        }
        if (!payload.isEmpty()) {
            payloads.add(payload.toString());
        }
        return payloads.toArray(String[]::new);
    }
}
