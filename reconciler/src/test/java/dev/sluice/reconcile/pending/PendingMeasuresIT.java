package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.LogRecords;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.reconcile.pending.PendingOrders.Measures;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// What the metrics say of the orders that may still be paid, on a real PostgreSQL.
class PendingMeasuresIT {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Merchant OTHER = new Merchant(Facts.MERCHANT.appId(), "1900000002");

    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;
    private static PendingOrders pending;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/recon").schemas("recon").load().migrate();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        pending = new PendingOrders(jdbc);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void clean() {
        jdbc.sql("truncate recon.pending, recon.turn").update();
    }

    @Test
    void knowsWhatIsPendingAndSinceWhenOfTheAccountsThatAreSetUp() {
        expect("T", NOW.plusSeconds(7));
        expect("LATER", NOW.plusSeconds(8));

        PendingOrders.Measures measures = pending.measure(List.of(account(Facts.MERCHANT), account(OTHER)), NOW);

        assertThat(measures.count()).isEqualTo(2);
        assertThat(measures.oldestDue()).contains(NOW.plusSeconds(7));
        assertThat(pending.measure(List.of(account(OTHER)), NOW).oldestDue()).isEmpty();
    }

    /// What may have been paid is never closed: when its code is dead, it is only counted elsewhere, and measuring deletes nothing.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotBeAskedAboutStaysUntilItIsAnswered(boolean cancelled) {
        expect("T", NOW);
        if (cancelled) {
            apply(NOW, new OrderClosed(new TradeNumber("T"), CloseReason.CANCELLED, LatePayment.CREDIT));
        }
        Instant dead = NOW.plus(Duration.ofMinutes(29)).plus(Limits.NO_CODE_LIVES).plusSeconds(1);

        assertThat(pending.measure(List.of(account(Facts.MERCHANT)), NOW))
                .extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(0L, 0L, 0L);
        assertThat(pending.measure(List.of(account(OTHER)), NOW)).extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(1L, 0L, 0L);
        assertThat(pending.measure(List.of(), dead)).extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(0L, 1L, 1L);

        assertThat(claim(dead, 10)).as("when the account is back").containsExactly("T");
    }

    /// Its provider refuses to close it, and reports that it is not paid.
    @Test
    void anOrderThatDoesNotEndIsCountedThoughItsAccountIsSetUp() {
        expect("T", NOW);

        assertThat(pending.measure(List.of(account(Facts.MERCHANT)), NOW.plus(Duration.ofDays(2))).overdue()).isEqualTo(1);
    }

    private static ProviderAccount account(Merchant merchant) {
        Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", merchant.appId(), "WechatMchId",
                merchant.merchantId(), "WechatApiV2Key", FakeWechat.KEY)));
        PaymentChannel wechat = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow();
        return new ProviderAccount(wechat.provider(), wechat.speaking(settings).orElseThrow());
    }

    private static List<String> claim(Instant now, int most) {
        return pending.claim(Providers.WECHAT, Facts.MERCHANT, now, most).stream().map(order -> order.tradeNumber().value()).toList();
    }

    private static void expect(String number, Instant firstAsk) {
        pending.save(List.of(PendingOrder.expected(new TradeNumber(number), new PendingOrder.Account(Providers.WECHAT, Facts.MERCHANT),
                NOW.minusSeconds(60), NOW.minusSeconds(60).plus(Facts.EXPIRY), firstAsk)));
    }

    private static void apply(Instant at, TopUpEvent event) {
        new PendingProjection(pending, Clock.fixed(at, ZoneOffset.UTC)).apply(List.of(new LogRecords().of(event, at)));
    }
}
