package dev.sluice.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.value.Provider;
import dev.sluice.log.Topic;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.setting.Keyring;
import dev.sluice.testing.WrittenLog;

/// The whole gateway on a real Kafka, with whoever calls it taken for a proxy of ours.
final class RunningGateway implements AutoCloseable {
    private static final String VERIFYING_KEY = Keyring.verifyingKey("0123456789abcdef".repeat(4));
    static final byte[] PROBE_KEY = Keyring.ofVerifyingKey(VERIFYING_KEY).probeKey().orElseThrow();

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private final ConfigurableApplicationContext app;
    private final WebTestClient http;
    private boolean kafkaEnded;

    private RunningGateway(Path settings) {
        kafka.afterPropertiesSet();
        app = NotifyGateway.application().run("--server.port=0", "--management.server.port=0",
                "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                "--SLUICE_KAFKA_REPLICATION=1",
                "--SLUICE_SETTINGS=" + settings, "--SLUICE_VERIFYING_KEY=" + VERIFYING_KEY, "--SLUICE_TRUSTED_PROXIES=127.0.0.1");
        http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port()).responseTimeout(Duration.ofSeconds(20)).build();
    }

    static RunningGateway start(Map<String, ?> settings) throws IOException {
        Path file = Files.createTempFile("settings", ".json");
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(settings));
            return new RunningGateway(file);
        } finally {
            Files.delete(file);
        }
    }

    int port() {
        return app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    WebTestClient management() {
        return http.mutate().baseUrl("http://127.0.0.1:" + app.getEnvironment().getProperty("local.management.port")).build();
    }

    WebTestClient http() {
        return http;
    }

    <T> T bean(Class<T> type) {
        return app.getBean(type);
    }

    WrittenLog written() {
        return new WrittenLog(kafka.getBrokersAsString());
    }

    static PaymentChannel channel(Provider provider) {
        return PaymentChannels.installed().find(provider).orElseThrow();
    }

    static String text(Notification notice) {
        return new String(notice.body(), StandardCharsets.UTF_8);
    }

    /// All of a topic that holds notifications.
    List<Notification> notifications(Topic topic) {
        return written().records(topic).stream().map(record -> WrittenLog.notification(record).orElseThrow()).toList();
    }

    static long size(ConsumerRecord<String, byte[]> record) {
        long headers = Arrays.stream(record.headers().toArray()).mapToLong(header -> header.key().length() + header.value().length + 2)
                .sum();
        return record.serializedKeySize() + record.serializedValueSize() + headers;
    }

    byte[] send(NotificationProbe probe) {
        return http.post().uri(probe.path()).header("Content-Type", probe.contentType()).bodyValue(probe.body()).exchange()
                .expectStatus()
                .isOk().expectBody().returnResult().getResponseBody();
    }

    String wechat(String notice) {
        return post("/api/wechat/notify", MediaType.TEXT_XML, notice);
    }

    String alipay(String notice) {
        return post("/api/alipay/notify", MediaType.APPLICATION_FORM_URLENCODED, notice);
    }

    String post(String path, MediaType type, String body) {
        return answer(http.post().uri(path).contentType(type).header("Authorization", "Bearer x")
                .bodyValue(body.getBytes(StandardCharsets.UTF_8)).exchange());
    }

    /// As a proxy says where it came from.
    String wechatFrom(String address, String notice) {
        return answer(http.post().uri("/api/wechat/notify").contentType(MediaType.TEXT_XML).header("X-Forwarded-For", address)
                .bodyValue(notice).exchange());
    }

    private static String answer(WebTestClient.ResponseSpec response) {
        return new String(Objects.requireNonNull(response.expectStatus().isOk().expectBody().returnResult().getResponseBody()),
                StandardCharsets.UTF_8);
    }

    void endKafka() {
        if (!kafkaEnded) {
            kafkaEnded = true;
            kafka.destroy();
        }
    }

    @Override
    public void close() {
        app.close();
        endKafka();
    }
}
