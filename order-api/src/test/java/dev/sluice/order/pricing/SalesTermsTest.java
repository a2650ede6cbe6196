package dev.sluice.order.pricing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    @Test
    void namesThePayeeAndWhereThePayerGoesBackTo() {
        assertThat(shop(Map.of()).payee()).isEqualTo(new Payee(Optional.empty(), Optional.empty()));
        assertThat(shop(Map.of("MerchantName", " 陶然 AI ", "MerchantAddress", "HTTPS://Example.com/billing")).payee())
                .isEqualTo(new Payee(Optional.of("陶然 AI"), Optional.of("https://example.com/billing")));
        assertThat(shop(Map.of("MerchantName", "𠮷".repeat(32), "MerchantAddress", "http://127.0.0.1:8080/")).payee().name())
                .contains("𠮷".repeat(32));

        assertThatThrownBy(() -> shop(Map.of("MerchantName", "陶".repeat(33)))).isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("setting MerchantName must have 1 to 32 characters");
        assertThatThrownBy(() -> shop(Map.of("MerchantAddress", "http://127.0.0.1.example.com"))).isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("setting MerchantAddress must be an https address");
    }

    private static SalesTerms shop(Map<String, Object> settings) {
        return SalesTerms.from(Settings.of(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(settings))),
                PaymentChannels.installed(), new ProviderConnections(Map.of()));
    }
}
