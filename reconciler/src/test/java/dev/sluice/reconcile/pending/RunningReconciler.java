package dev.sluice.reconcile.pending;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.reconcile.Reconciler;
import dev.sluice.testing.Tokens;

/// The reconciler on a Kafka and a PostgreSQL of its own, with a WeChat Pay that answers as it is told to.
final class RunningReconciler implements AutoCloseable {
    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final FakeWechat wechat;
    private final EventLog log;
    private ConfigurableApplicationContext app;

    RunningReconciler(Path folder) throws Exception {
        this.folder = folder;
        kafka.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        wechat = new FakeWechat();
        app = start();
        log = EventLog.connect(KafkaCluster.singleNode(kafka()), "test", Clock.systemUTC());
    }

    private ConfigurableApplicationContext start() throws Exception {
        String settings = """
                {"WechatAppId":"wx0000000000000001","WechatMchId":"1900000001","WechatApiV2Key":"%s","WechatSignType":"MD5","WechatGatewayUrl":"%s"}"""
                .formatted(FakeWechat.KEY, wechat.url());
        return Reconciler.application().run("--server.port=0", "--management.server.port=0", "--SLUICE_KAFKA_REPLICATION=1",
                "--SLUICE_JWT_SECRET=" + Tokens.SECRET,
                "--SLUICE_KAFKA=" + kafka(),
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres",
                "--SLUICE_SETTINGS=" + Files.writeString(folder.resolve("settings.json"), settings));
    }

    void stopApp() {
        app.close();
    }

    void startApp() throws Exception {
        app = start();
    }

    String kafka() {
        return kafka.getBrokersAsString();
    }

    FakeWechat wechat() {
        return wechat;
    }

    EventLog log() {
        return log;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(postgres.getPostgresDatabase());
    }

    @Override
    public void close() throws IOException {
        log.close();
        app.close();
        wechat.close();
        postgres.close();
        kafka.destroy();
    }
}
