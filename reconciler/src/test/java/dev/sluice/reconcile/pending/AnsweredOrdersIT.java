package dev.sluice.reconcile.pending;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.evidence.ProviderAnswer.Meaning;
import dev.sluice.event.evidence.ProviderAnswer.Question;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.StandingClock;

import static dev.sluice.reconcile.pending.PendingRows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// How the orders that were asked about come back to their rows.
@ExtendWith(SharedRows.class)
class AnsweredOrdersIT {
    private final PendingRows rows;
    private final StandingClock clock = new StandingClock(NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private AnsweredOrders answered;

    AnsweredOrdersIT(PendingRows rows) {
        this.rows = rows;
        answered = new AnsweredOrders(rows.orders(), meters, clock);
    }

    @Test
    void remembersWhatIsInTheLogAndWhenToAskNext() {
        rows.expect("T", NOW);

        answered.add(rows.find("T"), account(), 0, KnownAnswers.NONE.with(answer("T", "NOTPAY")));
        answered.giveBack();

        assertThat(rows.find("T").known().has(answer("T", "NOTPAY"))).isTrue();
        assertThat(rows.find("T").known().has(answer("T", "USERPAYING"))).isFalse();
        assertThat(rows.find("T").due().at()).isEqualTo(NOW.plusSeconds(60));
    }

    /// Alipay's JSON may contain any character, and PostgreSQL keeps no NUL.
    @Test
    void anAnswerWithCharactersThatARowCannotHaveIsRememberedAllTheSame() {
        rows.expect("T", NOW);
        String strange = "code 20000 a\0b\u0007\ud800" + "x".repeat(Limits.KNOWN_OF_AN_ANSWER);

        answered.add(rows.find("T"), account(), 1, KnownAnswers.NONE.with(answer("T", strange)));
        answered.giveBack();

        assertThat(rows.find("T").failures()).isEqualTo(1);
        assertThat(rows.find("T").known().has(answer("T", strange))).as("its repetition is recognised").isTrue();
    }

    @Test
    void oneThatTheDatabaseRefusesDoesNotHoldUpTheOthers() {
        rows.expect("GOOD", NOW);
        rows.expect("BAD", NOW);
        rows.expect("GOOD-TOO", NOW);

        answered.add(rows.find("GOOD"), account(), 2, KnownAnswers.NONE);
        answered.add(rows.find("BAD"), account(), 2, new KnownAnswers("a\0b", ""));
        answered.add(rows.find("GOOD-TOO"), account(), 2, KnownAnswers.NONE);
        answered.giveBack();
        answered.giveBack();

        assertThat(rows.find("GOOD").failures()).isEqualTo(2);
        assertThat(rows.find("GOOD-TOO").failures()).isEqualTo(2);
        assertThat(rows.find("BAD").failures()).as("asked for again when its claim ends").isZero();
        assertThat(meters.counter("sluice.orders.refused").count()).isEqualTo(1);
    }

    /// The database is away while it is asked one by one.
    @Test
    void whatWasNotGivenBackIsGivenBackLater() {
        var connections = new AtomicInteger(6);
        answered = new AnsweredOrders(new PendingOrders(JdbcClient.create(new DelegatingDataSource(rows.database()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (connections.getAndDecrement() <= 0) {
                    throw new SQLTransientConnectionException("away");
                }
                return super.getConnection();
            }
        })), meters, clock);
        List<String> good = List.of("FIRST", "MIDDLE", "LAST");
        good.forEach(number -> rows.expect(number, NOW));
        rows.expect("BAD", NOW);
        answered.add(rows.find("FIRST"), account(), 2, KnownAnswers.NONE);
        answered.add(rows.find("BAD"), account(), 2, new KnownAnswers("a\0b", ""));
        answered.add(rows.find("MIDDLE"), account(), 2, KnownAnswers.NONE);
        answered.add(rows.find("LAST"), account(), 2, KnownAnswers.NONE);

        assertThatThrownBy(answered::giveBack).isInstanceOf(DataAccessException.class);
        connections.set(100);
        answered.giveBack();

        assertThat(good).allSatisfy(number -> assertThat(rows.find(number).failures()).isEqualTo(2));
        assertThat(meters.counter("sluice.orders.refused").count()).isEqualTo(1);
    }

    /// A page that was opened while the provider thought is not overlooked.
    @Test
    void asksSoonWhenAPageWasOpenedMeanwhile() {
        rows.expect("T", NOW);
        PendingOrder claimed = rows.find("T");
        rows.change("T", order -> order.watch(NOW, NOW.plusSeconds(25), NOW.plusSeconds(3)));

        answered.add(claimed, account(), 0, KnownAnswers.NONE);
        answered.giveBack();

        assertThat(rows.find("T").due().at()).isEqualTo(NOW.plusSeconds(3));
    }

    /// Its fact is on its way through the log. The row, when the view deletes it meanwhile, does not come back.
    @Test
    void anOrderThatEndedIsNotAskedAboutBeforeTheViewHadItsTime() {
        rows.expect("T", NOW);
        PendingOrder order = rows.find("T");

        Instant before = NOW;
        for (int time = 1; time <= 8; time++) {
            answered.addEnded(order, account(), KnownAnswers.NONE);
            answered.giveBack();
            order = rows.find("T");
            assertThat(order.due().at()).isAfterOrEqualTo(before.plus(Limits.CLAIM));
            before = Objects.requireNonNull(order.due().at());
            clock.set(before);
        }
        assertThat(order.failures()).isEqualTo(8);

        rows.orders().delete(List.of(new TradeNumber("T")));
        answered.addEnded(order, account(), KnownAnswers.NONE);
        answered.giveBack();
        assertThat(rows.orders().measure(List.of(), NOW).count()).isZero();
    }

    private static ProviderAnswer answer(String number, String reason) {
        return new ProviderAnswer("A", Providers.WECHAT, new TradeNumber(number), Question.QUERY, NOW, NOW, new byte[0], Meaning.UNPAID,
                reason);
    }

    private static ProviderAccount account() {
        Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", Facts.MERCHANT.appId(), "WechatMchId",
                Facts.MERCHANT.merchantId(), "WechatApiV2Key", FakeWechat.KEY)));
        return new ProviderAccount(Providers.WECHAT,
                PaymentChannels.installed().find(Providers.WECHAT).orElseThrow().speaking(settings).orElseThrow());
    }
}
