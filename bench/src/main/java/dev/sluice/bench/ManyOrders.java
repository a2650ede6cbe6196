package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.order.OrderApi;

/// An order-api whose tables hold the orders of a year. PostgreSQL is as `standalone` starts it: what is committed is on disk.
final class ManyOrders implements AutoCloseable {
    private static final String USER = "postgres";

    /// An amount that was offered in the first months only.
    static final long FEN_OF_AMOUNT_GIVEN_UP = 66 * 730;

    /// The same at any time of day, so that what a sample of the orders holds does not depend on when it is taken.
    private static final Instant NEWEST = Instant.parse("2026-11-01T00:00:00Z");

    /// In the order of time, as orders are placed. Most are credited, a quarter was never paid, and what operators look for is rare. Half
    /// of the orders belong to a tenth of the users, and most are for one of the offered amounts. Alipay was given up half a year ago:
    /// what there is only in the past is where a list that begins with the newest has to look longest.
    private static final String FILL = """
            insert into orders.topup (
                trade_no, version, status, user_id, idempotency_key, provider, scene, app_id, merchant_id, amount, display_type,
                quota_per_unit, price, group_ratio, discount, minor_units, currency, quota, subject, client_address, notify_url, pay_action,
                transaction_id, late, created_at, expires_at, paid_at, credited_at)
            select
                upper(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 10, '0') || substr(md5('n' || i), 1, 16)),
                case when paid then 4 else 2 end,
                case when open then 'AWAITING_PAYMENT' when held then 'HELD' when paid then 'CREDITED' else 'CLOSED' end,
                user_id::text, 'key-' || i, provider, 'NATIVE', 'wx0000000000000001', '1900000001', amount, 'USD', 500000, 7.3, 1, 1,
                amount * 730, 'CNY', amount * 500000, 'AI服务充值', '203.0.113.' || i % 250, 'https://pay.example.com/api/notify',
                jsonb_build_object('kind', 'QR_CODE', 'text', 'weixin://wxpay/bizpayurl?pr=' || substr(md5('p' || i), 1, 9)),
                case when not paid then null
                    when provider = 'wechat' then '42000' || day || lpad((hash % 1000000000000000)::text, 15, '0')
                    else day || '2200' || lpad((hash % 10000000000000000)::text, 16, '0') end,
                paid and hash % 500 = 0,
                at, at + interval '30 minutes', case when paid then at + interval '40 seconds' end,
                case when paid and not held then at + interval '41 seconds' end
            from (
                select i, hash, at, to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') as day, provider, amount, user_id, open,
                    not open and hash % 4 <> 0 as paid, not open and hash % 4 <> 0 and hash % 2003 = 0 as held
                from (
                    select i, hash,
                        :newest::timestamptz - (:rows - i) * (interval '365 days' / :rows) as at,
                        case when hash % 5 < 3 or i > :rows / 2 then 'wechat' else 'alipay' end as provider,
                        case when hash % 1009 = 0 then 5000 + hash / 1009 % 20000
                            when hash % 101 = 0 and i < :rows / 5 then 66
                            when hash % 7 = 0 then 1 + hash / 7 % 300
                            else (array[10, 20, 50, 100, 200, 500])[1 + hash / 7 % 6] end as amount,
                        case when hash % 2 = 0 then 1 + hash / 2 % (:rows / 200 + 1) else 1 + hash / 2 % (:rows / 20 + 1) end as user_id,
                        i > :rows - 200 and hash % 3 = 0 as open
                    from (select i, hashint8extended(i, 42) & 4611686018427387903 as hash from generate_series(1, :rows) i)))""";

    private final EmbeddedKafkaBroker kafka;
    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext app;
    private final JdbcClient jdbc;
    private final Path settings;

    private ManyOrders(EmbeddedKafkaBroker kafka, EmbeddedPostgres postgres, ConfigurableApplicationContext app, Path settings) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.app = app;
        this.jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        this.settings = settings;
    }

    /// One of the orders.
    record Sample(String tradeNo, Optional<String> transactionId, long user, long fen, Instant createdAt) {}

    /// Starts everything, with the app's own tables, and fills them.
    ///
    /// @param secret that signs tokens
    static ManyOrders start(String secret, long rows) {
        try {
            EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
            kafka.afterPropertiesSet();
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            Path settings = Files.writeString(Files.createTempFile("sluice-bench", ".json"), "{}");
            ConfigurableApplicationContext app = OrderApi.application().run("--server.port=0", "--management.server.port=-1",
                    "--server.address=127.0.0.1",
                    "--SLUICE_KAFKA_REPLICATION=1", "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                    "--SLUICE_POSTGRES=" + postgres.getJdbcUrl(USER, USER),
                    "--SLUICE_POSTGRES_USER=" + USER, "--SLUICE_JWT_SECRET=" + secret, "--SLUICE_SETTINGS=" + settings,
                    "--logging.level.root=warn", "--logging.level.kafka=off", "--logging.level.org.apache.kafka=error");
            ManyOrders orders = new ManyOrders(kafka, postgres, app, settings);
            orders.fill(rows);
            return orders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(long rows) {
        jdbc.sql(FILL).param("rows", rows).param("newest", NEWEST.toString()).update();
        jdbc.sql("vacuum analyze orders.topup").update();
    }

    /// Some of them, from all of the year.
    List<Sample> samples(int number) {
        return jdbc.sql("""
                select trade_no, transaction_id, user_id, minor_units, created_at from orders.topup order by md5(trade_no) limit ?""")
                .param(number)
                .query((row, _) -> new Sample(row.getString("trade_no"), Optional.ofNullable(row.getString("transaction_id")),
                        row.getLong("user_id"), row.getLong("minor_units"), row.getTimestamp("created_at").toInstant()))
                .list();
    }

    int port() {
        return Integer.parseInt(Objects.requireNonNull(app.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        app.close();
        kafka.destroy();
        try {
            postgres.close();
            Files.delete(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
