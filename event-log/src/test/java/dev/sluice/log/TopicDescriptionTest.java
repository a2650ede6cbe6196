package dev.sluice.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.event.setting.SettingsChanged;

import static org.assertj.core.api.Assertions.assertThat;

/// `asyncapi.json` describes the topics for programs of others: AsyncAPI 3.0, made from the topics and the schemas of what is on them.
class TopicDescriptionTest {
    private static final Path SCHEMAS = Path.of("../schemas/src/main/resources/dev/sluice/event");
    private static final Path KEPT = Path.of("../schemas/src/main/resources/asyncapi.json");
    private static final JsonMapper JSON = JsonMapper.shared();

    /// After a change that is meant, the file that this leaves in `target` takes the place of the kept one.
    @Test
    void theKeptDescriptionIsWhatTheTopicsHave() throws IOException {
        String made = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(made()) + "\n";
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/asyncapi.json"), made);

        assertThat(made).as("cp event-log/target/asyncapi.json schemas/src/main/resources/asyncapi.json").isEqualTo(Files.readString(KEPT));
    }

    private static ObjectNode made() throws IOException {
        ObjectNode api = JSON.createObjectNode().put("asyncapi", "3.0.0");
        api.putObject("info").put("title", "Sluice").put("version", "1").put("description",
                "The topics of the log. Each record is a CloudEvent 1.0 in binary mode; its key is the trade number where it has one."
                        + " A reader ignores types and fields that it does not know.");
        api.put("defaultContentType", "application/json");
        ObjectNode channels = api.putObject("channels");
        ObjectNode operations = api.putObject("operations");
        Map<String, ObjectNode> messages = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            ObjectNode channel = channels.putObject(topic.topicName()).put("address", topic.topicName()).put("description",
                    topic.retention().map(TopicDescriptionTest::kept).orElse("Kept for ever."));
            ObjectNode ofChannel = channel.putObject("messages");
            for (String type : types(topic)) {
                String name = type.replaceAll("^dev\\.sluice\\.|\\.v\\d+$", "");
                reference(ofChannel.putObject(name), "components/messages/" + name);
                messages.put(name, message(type, name));
            }
            ObjectNode operation = operations.putObject("follow " + topic.topicName()).put("action", "receive");
            reference(operation.putObject("channel"), "channels/" + topic.topicName());
        }
        ObjectNode components = api.putObject("components").putObject("messages");
        messages.forEach(components::set);
        return api;
    }

    private static String kept(Duration retention) {
        return retention.toDays() > 0 ? "Kept for " + retention.toDays() + " days." : "Kept for " + retention.toMinutes() + " minutes.";
    }

    /// A dead letter is a record of another topic, byte by byte.
    private static List<String> types(Topic topic) {
        return switch (topic) {
            case EVENTS, BOOKS, NOTIFICATIONS, FORGERIES, WATCH -> EventTypes.of(topic.topicName()).keySet().stream().sorted().toList();
            case DEAD_LETTERS -> Arrays.stream(Topic.values()).filter(Topic::isFollowed).flatMap(each -> types(each).stream()).distinct()
                    .sorted().toList();
            case SETTINGS -> List.of(EventTypes.name(SettingsChanged.class));
        };
    }

    private static ObjectNode message(String type, String name) throws IOException {
        var payload = (ObjectNode) JSON
                .readTree(Files.readString(SCHEMAS.resolve(type.substring("dev.sluice.".length()) + ".schema.json")));
        payload.remove(List.of("$schema", "$id"));
        ObjectNode message = JSON.createObjectNode().put("name", type).put("title", name).put("contentType", "application/json");
        ObjectNode headers = message.putObject("headers").put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        properties.putObject("ce_specversion").put("const", "1.0");
        properties.putObject("ce_type").put("const", type);
        for (String each : List.of("ce_id", "ce_source", "ce_time")) {
            properties.putObject(each).put("type", "string");
        }
        headers.putPOJO("required", List.of("ce_specversion", "ce_type", "ce_id", "ce_source", "ce_time"));
        message.set("payload", payload);
        return message;
    }

    private static void reference(ObjectNode node, String to) {
        node.put("$ref", "#/" + to);
    }
}
