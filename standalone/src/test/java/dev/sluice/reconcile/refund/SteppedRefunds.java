package dev.sluice.reconcile.refund;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.reconcile.unsettled.UnsettledPayments;
import dev.sluice.sandbox.ProviderSandbox;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.StandingClock;

/// The saga of refunds on a real PostgreSQL, with both providers of the sandbox, in steps of a clock that the test sets. The view reads what
/// was appended when the test lets it.
final class SteppedRefunds implements AutoCloseable {
    static final Money PAID = Money.ofFen(7300);

    final List<RefundEvent> facts = new ArrayList<>();
    final PendingRefunds refunds;
    final RefundInquiry inquiry;
    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext sandbox;
    private final JdbcClient jdbc;
    private final StandingClock clock = new StandingClock(Facts.AT);
    private final RefundProjection view;
    private final NotifiedRefunds notified;
    private final FoundRefunds found;
    private final UnsettledPayments payments;
    private final Settings settings;
    private final Map<Provider, ProviderConnection> connections = new HashMap<>();
    private final LogRecords log = new LogRecords();
    private boolean failsToAppend;
    private int read;

    SteppedRefunds() throws IOException {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/recon").schemas("recon").load().migrate();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        KeyPair application = keys();
        KeyPair alipay = keys();
        SpringApplication app = ProviderSandbox.application();
        app.addInitializers(context -> ((GenericApplicationContext) context).registerBean("standingClock", Clock.class, () -> clock,
                definition -> definition.setPrimary(true)));
        // Alipay's SDK stamps its calls by the real clock.
        sandbox = app.run("--server.port=0", "--sandbox.wechat.app-id=wx0000000000000001", "--sandbox.wechat.mch-id=1900000001",
                "--sandbox.wechat.api-key=192006250b4c09247ec02edce69f6a2d", "--sandbox.alipay.app-id=2021000000000001",
                "--sandbox.alipay.seller-id=2088000000000001", "--sandbox.alipay.app-public-key=" + base64(application.getPublic()),
                "--sandbox.alipay.private-key=" + base64(alipay.getPrivate()), "--sandbox.alipay.max-clock-skew=36500d",
                "--logging.level.root=warn");
        settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", "wx0000000000000001", "WechatMchId", "1900000001",
                "WechatApiV2Key", "192006250b4c09247ec02edce69f6a2d", "WechatGatewayUrl", url(), "AlipayAppId", "2021000000000001",
                "AlipaySellerId", "2088000000000001", "AlipayPrivateKey", base64(application.getPrivate()), "AlipayPublicKey",
                base64(alipay.getPublic()), "AlipayGatewayUrl", url() + "/gateway.do")));
        refunds = new PendingRefunds(jdbc);
        inquiry = new RefundInquiry(refunds, this::append, clock);
        view = new RefundProjection(jdbc, clock);
        notified = new NotifiedRefunds(jdbc, new GenuineNotifications(PaymentChannels.installed()), clock);
        payments = new UnsettledPayments(jdbc);
        found = new FoundRefunds(notified, refunds, payments, this::append, clock);
    }

    private void append(RefundEvent fact) {
        if (failsToAppend) {
            throw new IllegalStateException("killed before the append");
        }
        facts.add(fact);
    }

    /// Whether the process dies between the provider's answer and the append.
    void dieBeforeAppending(boolean dies) {
        failsToAppend = dies;
    }

    ProviderConnection connection(Provider provider) {
        return connections.computeIfAbsent(provider,
                each -> PaymentChannels.installed().find(each).orElseThrow().speaking(settings).orElseThrow());
    }

    /// A payment at the sandbox.
    record Payment(Provider provider, Merchant merchant, TradeNumber order, TransactionId transaction) {}

    Payment pay(Provider provider) {
        ProviderConnection connection = connection(provider);
        TradeNumber number = TradeNumber.next();
        var answer = connection.qr().create(new QrOrder(number, PAID, "AI服务充值", now(), now().plus(Duration.ofMinutes(30)),
                URI.create("http://127.0.0.1:9/notify"), "127.0.0.1")).answer();
        String code = ((PayAction.QrCode) ((QrAnswer.Ready) answer).action()).text();
        call("POST", "/wallet/api/pay", JsonMapper.shared().createObjectNode().put("code", code).toString());
        var paid = (PaymentState.Paid) connection.query().query(number).answer();
        return new Payment(provider, connection.merchant(), number, paid.transactionId());
    }

    /// As the ledger appends it.
    RefundReserved reserve(Payment payment, String key, long fen, boolean needsApproval) {
        var fact = new RefundReserved(payment.order(), RefundNumber.of(payment.order(), key),
                new RefundEvent.Paid(payment.provider(), payment.merchant(), payment.transaction(), PAID), Money.ofFen(fen),
                new RefundEvent.Reservation.OfMoney(), needsApproval, "多付了");
        apply(fact, now());
        return fact;
    }

    RefundReserved reserve(Payment payment, String key, long fen) {
        return reserve(payment, key, fen, false);
    }

    void apply(RefundEvent fact, Instant at) {
        view.apply(List.of(log.of(fact, at)));
    }

    /// The payment is confirmed here.
    void confirm(PaymentConfirmed payment) {
        payments.apply(List.of(log.of(payment, now())));
    }

    /// A genuine notification about an order.
    void notifyOf(Payment payment, String body) {
        LogRecord record = log.of(Notification.whole("N-" + now(), payment.provider(), now(), "/notify", "127.0.0.1",
                Map.<String, List<String>>of(), body.getBytes(StandardCharsets.UTF_8), payment.order().value(),
                NotificationVerdict.NOT_A_PAYMENT, ""));
        notified.apply(List.of(record));
    }

    Instant now() {
        return clock.instant();
    }

    void pass(Duration time) {
        clock.set(now().plus(time));
    }

    List<PendingRefund> claim(Payment payment) {
        return refunds.claim(payment.provider(), payment.merchant(), now(), Limits.AT_ONCE);
    }

    /// Asks about what is due.
    ///
    /// @return how many refunds were asked about
    int turn(Payment payment) {
        List<PendingRefund> due = claim(payment);
        due.forEach(refund -> inquiry.ask(refund, connection(payment.provider()).refunding()));
        return due.size();
    }

    /// Looks at what notifications named.
    void look(Payment payment) {
        notified.claim(payment.provider(), now(), Limits.AT_ONCE)
                .forEach(look -> found.look(look, payment.provider(), connection(payment.provider()).refunding()));
    }

    /// The view reads what was appended since it last did.
    void read() {
        List<RefundEvent> unread = List.copyOf(facts.subList(read, facts.size()));
        read = facts.size();
        view.apply(unread.stream().map(fact -> log.of(fact, now())).toList());
    }

    /// Turns, with the view, every so often for so long.
    void run(Payment payment, Duration time, Duration step) {
        for (Instant until = now().plus(time); now().isBefore(until); pass(step)) {
            turn(payment);
            read();
        }
    }

    /// Each fact once, however often it was appended.
    <F extends RefundEvent> List<F> distinct(Payment payment, Class<F> type) {
        Map<String, F> byKey = new HashMap<>();
        facts.stream().filter(fact -> fact.tradeNumber().equals(payment.order())).filter(type::isInstance).map(type::cast)
                .forEach(fact -> byKey.put(fact.naturalKey(), fact));
        return List.copyOf(byKey.values());
    }

    String state(RefundReserved refund) {
        return jdbc.sql("select state from recon.pending_refund where trade_no = :tradeNo and refund_no = :refundNo")
                .param("tradeNo", refund.tradeNumber().value()).param("refundNo", refund.refundNumber().value()).query(String.class)
                .single();
    }

    PendingRefunds.Measures measures() {
        return refunds.measure(connections.values().stream().map(ProviderConnection::merchant).toList());
    }

    /// Number, amount and state of the refunds that the provider has of the order.
    List<String> atProvider(Payment payment) {
        JsonNode all = call("GET", "/sandbox/refunds/" + payment.provider() + "/" + payment.order(), "");
        return all.valueStream().map(refund -> refund.path("number").asString() + " " + refund.path("fen").asLong() + " "
                + refund.path("state").asString()).toList();
    }

    void refundInConsole(Payment payment, long fen) {
        call("POST", "/sandbox/refunds/" + payment.provider() + "/" + payment.order() + "?fen=" + fen, "");
    }

    void faults(Payment payment, String... faults) {
        call("PUT", "/sandbox/faults/" + payment.order(), JsonMapper.shared().writeValueAsString(faults));
    }

    private JsonNode call(String method, String path, String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
            }
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + Optional.ofNullable(sandbox.getEnvironment().getProperty("local.server.port")).orElseThrow();
    }

    void clear() {
        jdbc.sql("truncate recon.pending_refund, recon.refund_decision, recon.refund, recon.payment").update();
        facts.clear();
        read = 0;
        failsToAppend = false;
    }

    @Override
    public void close() throws IOException {
        connections.values().forEach(ProviderConnection::close);
        sandbox.close();
        postgres.close();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
