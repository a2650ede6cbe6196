package dev.sluice.order.pricing;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Money;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SalesTermsTest {
    @Test
    void hasADailyLimitOnlyWhenSomebodySetsOne() {
        assertThat(shop(Map.of()).dailyLimit()).isEmpty();
        assertThat(shop(Map.of("UserDailyLimit", 500)).dailyLimit()).contains(Money.ofFen(50_000));
        assertThat(shop(Map.of("UserDailyLimit", 0.01)).dailyLimit()).contains(Money.ofFen(1));
        assertThat(shop(Map.of("UserDailyLimit", 99.50)).dailyLimit()).contains(Money.ofFen(9_950));
    }

    @Test
    void refusesALimitThatIsNoMoney() {
        assertThatThrownBy(() -> shop(Map.of("UserDailyLimit", 0.001))).isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("setting UserDailyLimit must be yuan with at most two decimals");
    }

    @Test
    void showsThePayerWhatTheProvidersTake() {
        assertThat(shop(Map.of("TopUpSubject", "额度=1/2")).subject()).isEqualTo("额度12");
        for (String nothing : List.of("", " ", "=", "/&")) {
            assertThatThrownBy(() -> shop(Map.of("TopUpSubject", nothing))).isInstanceOf(BadSettingException.class)
                    .hasMessageStartingWith("setting TopUpSubject is empty");
        }
        assertThatThrownBy(() -> shop(Map.of("TopUpSubject", "\n"))).isInstanceOf(BadSettingException.class)
                .hasMessageContaining("U+000A");
    }

    private static SalesTerms shop(Map<String, Object> settings) {
        return SalesTerms.from(Settings.of(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(settings))),
                PaymentChannels.installed(), new ProviderConnections(Map.of()));
    }
}
