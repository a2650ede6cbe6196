package dev.sluice.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.ProviderSandbox;
import dev.sluice.standalone.embedded.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/// `java -jar` with nothing but the documented environment, against providers that are somewhere else.
class JarIT {
    private static final String SECRET = "the-secret-of-the-product-that-sells-quota";

    @TempDir
    private Path folder;

    @Test
    void servesWithNothingButItsEnvironment() throws Exception {
        Demo elsewhere = Demo.open(folder.resolve("elsewhere"));
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        elsewhere.sandboxProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        int port = FreePort.find();
        try (var simulator = ProviderSandbox.application().run(arguments.toArray(String[]::new))) {
            String providers = "http://127.0.0.1:" + simulator.getEnvironment().getProperty("local.server.port");
            Path settings = elsewhere.writeSettings("http://127.0.0.1:" + port, providers);
            Map<String, String> environment = Map.of("SLUICE_PORT", Integer.toString(port), "SLUICE_DATA",
                    folder.resolve("data").toString(), "SLUICE_JWT_SECRET", SECRET,
                    "SLUICE_MASTER_KEY", "0".repeat(64), "SLUICE_SETTINGS", settings.toString());

            try (Running sluice = Running.start(List.of("-jar", jar().toString()), environment, folder.resolve("jar.log"), port)) {
                assertThat(sluice.get("/wallet", "").statusCode()).as("the sandbox is not part of it").isEqualTo(404);
                for (String method : List.of("wechat", "alipay")) {
                    Shopper shopper = Shopper.of(sluice, method.equals("wechat") ? 1 : 2, SECRET);
                    JsonNode order = shopper.order(method, 1, "k");
                    pay(providers, order.path("pay_url").asString());
                    shopper.awaitStatus(order.path("order_id").asString(), "CREDITED");
                }
                assertThat(sluice.log()).doesNotContain(SECRET).doesNotContain(keys().getProperty("wechat-api-key"))
                        .doesNotContain(keys().getProperty("application-private-key").substring(0, 60));
            }
        }
    }

    @Test
    void saysInOneLineEachWhatItNeeds() throws Exception {
        Ended ended = Ended.of(List.of("-jar", jar().toString()), Map.of());

        assertThat(ended.status()).isEqualTo(78);
        assertThat(ended.lines()).hasSize(1).allMatch(line -> line.startsWith("SLUICE_"));
    }

    @Test
    void namesASettingOfTheFileThatCannotBeRightInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), "{\"AlipayGatewayUrl\": \"//pay.example.com\"}");

        Ended ended = Ended.of(List.of("-jar", jar().toString()), Map.of("SLUICE_JWT_SECRET", SECRET, "SLUICE_SETTINGS", file.toString()));

        assertThat(ended.status()).isEqualTo(78);
        assertThat(ended.lines()).hasSize(1)
                .allMatch(line -> line.startsWith("setting AlipayGatewayUrl must be an http or https address"));
    }

    private Properties keys() throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(folder.resolve("elsewhere/demo/keys.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    private static void pay(String providers, String code) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(providers + "/wallet/api/pay"))
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}")).build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            assertThat(client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static Path jar() throws Exception {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar")).findFirst().orElseThrow().toAbsolutePath();
        }
    }
}
