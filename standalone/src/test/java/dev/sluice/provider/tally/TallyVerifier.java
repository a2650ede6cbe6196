package dev.sluice.provider.tally;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.notification.MessageVerifier;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.Verdict;

/// Believes what is signed in the header `Tally-Signature`.
record TallyVerifier(Merchant merchant, String key) implements MessageVerifier<String> {
    static final String HEADER = "tally-signature";
    static final NotificationReply SUCCESS = new NotificationReply(202, "application/json", "{\"code\":\"RECORDED\"}");
    static final NotificationReply FAILURE = new NotificationReply(503, "application/json", "{\"code\":\"AGAIN\"}");

    @Override
    public String read(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public Verdict verify(String body, RawNotification notification) {
        if (!notification.headers().getOrDefault(HEADER, List.of()).equals(List.of(TallySignature.of(key, body)))) {
            return new Verdict.Forged("wrong signature");
        }
        JsonNode paid = JsonMapper.shared().readTree(body);
        return new Verdict.Paid(new TradeNumber(paid.path("number").asString()), merchant,
                new TransactionId(paid.path("transaction").asString()), Money.ofFen(paid.path("fen").longValue()),
                Instant.parse(paid.path("paid_at").asString()));
    }

    @Override
    public NotificationReply success() {
        return SUCCESS;
    }

    @Override
    public NotificationReply failure() {
        return FAILURE;
    }
}
