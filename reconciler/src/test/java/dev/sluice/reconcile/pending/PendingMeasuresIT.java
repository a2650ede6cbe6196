package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.reconcile.pending.PendingOrders.Measures;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static dev.sluice.reconcile.pending.PendingRows.NOW;
import static dev.sluice.reconcile.pending.PendingRows.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

/// What the metrics say of the orders that may still be paid, on a real PostgreSQL.
@ExtendWith(SharedRows.class)
class PendingMeasuresIT {
    private final PendingRows rows;

    PendingMeasuresIT(PendingRows rows) {
        this.rows = rows;
    }

    @Test
    void knowsWhatIsPendingAndSinceWhenOfTheAccountsThatAreSetUp() {
        rows.expect("T", NOW.plusSeconds(7));
        rows.expect("LATER", NOW.plusSeconds(8));

        PendingOrders.Measures measures = rows.orders().measure(List.of(account(Facts.MERCHANT), account(OTHER)), NOW);

        assertThat(measures.count()).isEqualTo(2);
        assertThat(measures.oldestDue()).contains(NOW.plusSeconds(7));
        assertThat(rows.orders().measure(List.of(account(OTHER)), NOW).oldestDue()).isEmpty();
    }

    /// What may have been paid is never closed: when its code is dead, it is only counted elsewhere, and measuring deletes nothing.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotBeAskedAboutStaysUntilItIsAnswered(boolean cancelled) {
        rows.expect("T", NOW);
        if (cancelled) {
            rows.apply(NOW, new OrderClosed(new TradeNumber("T"), CloseReason.CANCELLED, LatePayment.CREDIT));
        }
        Instant dead = NOW.plus(Duration.ofMinutes(29)).plus(Limits.NO_CODE_LIVES).plusSeconds(1);

        assertThat(rows.orders().measure(List.of(account(Facts.MERCHANT)), NOW))
                .extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(0L, 0L, 0L);
        assertThat(rows.orders().measure(List.of(account(OTHER)), NOW))
                .extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(1L, 0L, 0L);
        assertThat(rows.orders().measure(List.of(), dead)).extracting(Measures::unaskable, Measures::unsettled, Measures::overdue)
                .containsExactly(0L, 1L, 1L);

        assertThat(rows.claim(dead, 10)).as("when the account is back").containsExactly("T");
    }

    /// Its provider refuses to close it, and reports that it is not paid.
    @Test
    void anOrderThatDoesNotEndIsCountedThoughItsAccountIsSetUp() {
        rows.expect("T", NOW);

        assertThat(rows.orders().measure(List.of(account(Facts.MERCHANT)), NOW.plus(Duration.ofDays(2))).overdue()).isEqualTo(1);
    }

    /// Its provider is not asked meanwhile, and nothing else would count it.
    @Test
    void anOrderWhosePaymentHasHadNoOutcomeForAnHourIsOverdue() {
        rows.expect("T", NOW);
        rows.apply(NOW, Facts.payment("T", "X", 7300));

        assertThat(rows.orders().measure(List.of(account(Facts.MERCHANT)), NOW.plus(Duration.ofMinutes(59))))
                .extracting(Measures::count, Measures::overdue, Measures::oldestDue).containsExactly(0L, 0L, Optional.empty());
        assertThat(rows.orders().measure(List.of(account(Facts.MERCHANT)), NOW.plus(Duration.ofMinutes(61))))
                .extracting(Measures::count, Measures::overdue, Measures::oldestDue).containsExactly(0L, 1L, Optional.empty());

        rows.apply(NOW, Facts.credited("T", "X", 7, 5));
        assertThat(rows.orders().measure(List.of(), NOW.plus(Duration.ofMinutes(61))).overdue()).isZero();
    }

    private static ProviderAccount account(Merchant merchant) {
        Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", merchant.appId(), "WechatMchId",
                merchant.merchantId(), "WechatApiV2Key", FakeWechat.KEY)));
        PaymentChannel wechat = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow();
        return new ProviderAccount(wechat.provider(), wechat.speaking(settings).orElseThrow());
    }

}
