package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Evidenced;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;

/// An entry of a timeline as operators see it.
///
/// @param kind    the type without its package and version: `OrderCreated`, `Notification`, `ProviderAnswer`
/// @param leftOut how many like it come after it and are not shown
/// @param data    a fact as the log has it; of a notification or an answer, the parts that matter
public record ShownEntry(Instant at, String kind, String source, boolean repeated,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long leftOut, JsonNode data) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Pattern TYPE = Pattern.compile("(?:.*\\.)?([A-Za-z]+)\\.v[0-9]+");

    public static ShownEntry of(TimelineEntry entry) {
        TimelineEntry.Kept kept = entry.kept();
        JsonNode data = switch (entry) {
            case TimelineEntry.OfFact(_, var event) -> shown(event, MAPPER.readTree(kept.json()));
            case TimelineEntry.OfNotification(_, var notification) -> shown(notification);
            case TimelineEntry.OfAnswer(_, var answer) -> shown(answer);
        };
        return new ShownEntry(kept.at(), kind(kept.type()), kept.source(), kept.repeated(), kept.leftOut(), data);
    }

    private static String kind(String type) {
        Matcher parts = TYPE.matcher(type);
        return parts.matches() ? parts.group(1) : type;
    }

    /// As the log has it, but the evidence as text and without its signature.
    private static JsonNode shown(TopUpEvent event, JsonNode data) {
        if (event instanceof Evidenced fact) {
            var evidence = (ObjectNode) data.path("evidence");
            evidence.put("body", text(fact.evidence().body()));
            if (evidence.path("headers") instanceof ObjectNode headers) {
                headers.remove(headers.propertyNames().stream().filter(Signatures::isHeader).toList());
            }
        }
        return data;
    }

    private static JsonNode shown(Notification notification) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", notification.id());
        data.put("provider", notification.provider());
        data.put("path", notification.path());
        data.put("remote_address", notification.remoteAddress());
        data.put("verdict", notification.verdict());
        data.put("reason", notification.reason());
        data.put("body", text(notification.body()));
        return MAPPER.valueToTree(data);
    }

    private static JsonNode shown(ProviderAnswer answer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", answer.id());
        data.put("provider", answer.provider());
        data.put("question", answer.question());
        data.put("asked_at", answer.askedAt());
        data.put("meaning", answer.meaning());
        data.put("reason", answer.reason());
        data.put("body", text(answer.body()));
        return MAPPER.valueToTree(data);
    }

    private static String text(byte[] body) {
        String text = Signatures.leftOutOf(new String(body, StandardCharsets.UTF_8));
        return text.length() <= Limits.SHOWN_OF_A_BODY ? text : text.substring(0, Limits.SHOWN_OF_A_BODY) + "…";
    }
}
