package dev.sluice.reconcile.pending;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.LogRecords;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.FakeAlipay;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.reconcile.refund.GenuineNotifications;
import dev.sluice.reconcile.refund.NotifiedRefunds;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.StandingClock;
import dev.sluice.testing.WrittenLog;

/// The reconciler's parts on a real Kafka and PostgreSQL, with the fake providers, in steps of a clock that the test sets. The view reads
/// what was appended when the test lets it.
final class SteppedReconciler implements AutoCloseable {
    static final Merchant WECHAT_ACCOUNT = new Merchant("wx0000000000000001", "1900000001");
    static final Merchant ALIPAY_ACCOUNT = new Merchant("2021000000000001", "2088000000000001");

    // The clock's times are in the past.
    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1).brokerProperty("log.retention.ms", "-1");
    private final PendingRows rows = new PendingRows();
    private final FakeWechat wechat = new FakeWechat();
    private final FakeAlipay alipay = new FakeAlipay();
    private final StandingClock clock = new StandingClock(PendingRows.NOW);
    private final EventLog log;
    private final AnsweredOrders answered;
    private final PaymentInquiry inquiry;
    private final List<ProviderAccount> accounts;
    private final Map<Topic, Integer> read = new HashMap<>();

    /// For tests that share one.
    static SteppedReconciler started() {
        try {
            return new SteppedReconciler();
        } catch (Exception e) {
            throw new IllegalStateException("no reconciler", e);
        }
    }

    SteppedReconciler() throws Exception {
        kafka.afterPropertiesSet();
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "reconciler", clock);
        answered = new AnsweredOrders(rows.orders(), new SimpleMeterRegistry(), clock);
        var calls = new ProviderCall(log, clock);
        var found = new FoundPayments(calls, refunds(rows.jdbc()), rows.payments(), answered, log);
        inquiry = new PaymentInquiry(calls, found, answered, log, () -> LatePayment.CREDIT, clock);
        Map<String, String> settings = new HashMap<>(alipay.settings());
        settings.putAll(Map.of("WechatAppId", WECHAT_ACCOUNT.appId(), "WechatMchId", WECHAT_ACCOUNT.merchantId(), "WechatApiV2Key",
                FakeWechat.KEY, "WechatSignType", "MD5", "WechatGatewayUrl", wechat.url()));
        Settings all = Settings.of(JsonMapper.shared().valueToTree(settings));
        accounts = List.of(Providers.WECHAT, Providers.ALIPAY).stream()
                .map(provider -> new ProviderAccount(provider, PaymentChannels.installed().find(provider).orElseThrow().speaking(all)
                        .orElseThrow()))
                .toList();
    }

    private NotifiedRefunds refunds(JdbcClient jdbc) {
        return new NotifiedRefunds(jdbc, new GenuineNotifications(PaymentChannels.installed()), clock);
    }

    FakeWechat wechat() {
        return wechat;
    }

    FakeAlipay alipay() {
        return alipay;
    }

    PendingRows rows() {
        return rows;
    }

    EventLog log() {
        return log;
    }

    Instant now() {
        return clock.instant();
    }

    void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    /// An order of WeChat Pay that is placed now.
    OrderCreated order(String number, long user) {
        return Facts.order(number, user, 7300, 5_000_000, WECHAT_ACCOUNT, now());
    }

    /// The same at Alipay.
    OrderCreated orderAtAlipay(String number, long user) {
        OrderCreated wechat = order(number, user);
        return new OrderCreated(wechat.tradeNumber(), Providers.ALIPAY, ALIPAY_ACCOUNT, wechat.scene(), wechat.money(), wechat.subject(),
                wechat.createdAt(), wechat.expiresAt(), wechat.purchase());
    }

    /// Asks about what is due.
    ///
    /// @return how many orders were asked about
    int turn() {
        int asked = 0;
        for (ProviderAccount account : accounts) {
            for (PendingOrder order : rows.orders().claim(account.provider(), account.merchant(), now(), Limits.ORDERS_PER_TURN)) {
                inquiry.ask(order, account);
                asked++;
            }
        }
        answered.giveBack();
        return asked;
    }

    void open(String number) {
        rows.apply(now(), List.of(new LogRecords().of(new OrderWatched(new TradeNumber(number), now().plusSeconds(25)), now())));
    }

    /// The view reads everything that was appended since it last did.
    void read() {
        List.of(Topic.EVENTS, Topic.NOTIFICATIONS).forEach(topic -> {
            List<LogRecord> all = records(topic);
            List<LogRecord> unread = all.subList(read.getOrDefault(topic, 0), all.size());
            read.put(topic, all.size());
            rows.apply(now(), unread);
            refunds(rows.jdbc()).apply(unread);
        });
    }

    /// The view begins from nothing, at the start of the log.
    void rebuild() {
        rows.clear();
        read.clear();
        read();
    }

    private List<LogRecord> records(Topic topic) {
        return raw(topic).stream().map(record -> new LogRecord(record, (DecodedRecord.Decoded) EventCodec.read(record))).toList();
    }

    List<ConsumerRecord<String, byte[]>> raw(Topic topic) {
        return new WrittenLog(kafka.getBrokersAsString()).records(topic);
    }

    <E extends TopUpEvent> List<E> events(String number, Class<E> type) {
        return new WrittenLog(kafka.getBrokersAsString()).events(number, type);
    }

    /// Question, meaning and reason of the answers that were kept.
    List<String> answers(String number) {
        return raw(Topic.NOTIFICATIONS).stream().flatMap(record -> WrittenLog.answer(record).stream())
                .filter(answer -> answer.tradeNumber().value().equals(number)).map(SteppedReconciler::words).toList();
    }

    private static String words(ProviderAnswer answer) {
        return (answer.question() + " " + answer.meaning() + " " + answer.reason()).strip();
    }

    /// Of the orders that are pending, and whose payment is not confirmed: the number, and whether an operator cancelled it.
    List<String> pending() {
        return rows.jdbc().sql("select trade_no || ' ' || cancelling from recon.pending where next_ask_at is not null order by 1")
                .query(String.class).list();
    }

    @Override
    public void close() throws IOException {
        log.close();
        accounts.forEach(account -> account.connection().close());
        wechat.close();
        alipay.close();
        rows.close();
        kafka.destroy();
    }
}
