package dev.sluice.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.embedded.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/// A payment on a PostgreSQL that the operator brings, and on a Kafka of theirs or the embedded one.
final class OwnServices {
    private OwnServices() {}

    static void creditAPayment(Path folder, Map<String, String> kafka, String postgres, String user, String password) {
        int port = FreePort.find();
        Path data = folder.resolve("data");
        String secret = "a secret of this test, and of nothing else";
        Map<String, String> environment = new HashMap<>(kafka);
        environment.putAll(Map.of("SLUICE_PORT", Integer.toString(port), "SLUICE_DATA", data.toString(), "SLUICE_POSTGRES", postgres,
                "SLUICE_POSTGRES_USER", user, "SLUICE_POSTGRES_PASSWORD", password, "SLUICE_JWT_SECRET", secret));
        List<String> command = List.of("-cp", System.getProperty("java.class.path"), Standalone.class.getName(), "--demo");

        try (Running sluice = Running.start(command, environment, folder.resolve("own-services.log"), port)) {
            Shopper shopper = Shopper.of(sluice, 7, secret);
            JsonNode order = shopper.order("wechat", 10, "k");
            shopper.pay(order);
            shopper.awaitStatus(order.path("order_id").asString(), "CREDITED");
        }

        assertThat(Files.exists(data.resolve("kafka"))).as("it embeds what it is not given").isEqualTo(kafka.isEmpty());
        assertThat(Files.exists(data.resolve("postgres"))).as("it embeds what it is not given").isFalse();
    }
}
