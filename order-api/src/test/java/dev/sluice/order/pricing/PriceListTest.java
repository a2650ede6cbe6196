package dev.sluice.order.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.Money;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PriceListTest {
    @ParameterizedTest
    @CsvSource({"1,7.3,730", "10,7.3,7300", "3,0.015,5", "1,0.005,1", "100,0.29,2900", "1,1.005,101", "7,0.07,49"})
    void multipliesExactlyAndRoundsHalfUpToTheFen(long amount, BigDecimal price, long fen) {
        assertThat(priced(Map.of("Price", price), amount, "").money().minorUnits()).isEqualTo(fen);
    }

    @Test
    void usesTheFactorOfTheGroupUnlessItIsMissingOrZero() {
        Map<String, Object> settings = Map.of("Price", 10, "TopupGroupRatio", Map.of("vip", 0.8, "broken", 0));

        assertThat(priced(settings, 1, "vip").money().minorUnits()).isEqualTo(800);
        assertThat(priced(settings, 1, "broken").money().minorUnits()).isEqualTo(1000);
        assertThat(priced(settings, 1, "unknown").money().minorUnits()).isEqualTo(1000);
    }

    @Test
    void discountsAnExactAmountOnly() {
        Map<String, Object> settings = Map.of("Price", 10, "AmountDiscount", Map.of("100", 0.9, "50", 0));

        assertThat(priced(settings, 100, "").money().minorUnits()).isEqualTo(90_000);
        assertThat(priced(settings, 101, "").money().minorUnits()).isEqualTo(101_000);
        assertThat(priced(settings, 50, "").money().minorUnits()).as("a discount to nothing is none").isEqualTo(50_000);
    }

    @Test
    void creditsUnitsTimesQuotaPerUnit() {
        assertThat(priced(Map.of(), 10, "").quota().units()).isEqualTo(5_000_000);
    }

    @Test
    void countsTokensWithoutLosingAFraction() {
        Map<String, Object> settings = Map.of("QuotaDisplayType", "TOKENS", "Price", 7.3, "AmountDiscount", Map.of("2", 0.5));

        assertThat(priced(settings, 750_000, "").money().minorUnits()).as("one and a half units").isEqualTo(1095);
        assertThat(priced(settings, 750_000, "").quota().units()).as("all of it is credited").isEqualTo(750_000);
        assertThat(priced(settings, 1_000_000, "").money().minorUnits()).as("a discount for two whole units").isEqualTo(730);
        assertThat(price(Map.of("QuotaDisplayType", "TOKENS", "QuotaPerUnit", 3, "Price", 1), 4, "")).isInstanceOfSatisfying(
                PriceList.Pricing.Priced.class,
                priced -> assertThat(priced.money().minorUnits()).as("4/3 yuan").isEqualTo(133));
    }

    @Test
    void knowsTheMostThatAnybodyGetsForSomeMoney() {
        Map<String, Object> settings = Map.of("Price", 7.3, "TopupGroupRatio", Map.of("vip", 0.5, "broken", 0, "dear", 2),
                "AmountDiscount", Map.of("100", 0.9));

        assertThat(priceList(Map.of("Price", 7.3, "TopupGroupRatio", Map.of("dear", 2))).most(Money.ofFen(730))).isEqualTo(500_000);
        assertThat(priced(settings, 100, "vip").money().minorUnits()).isEqualTo(328_50);
        assertThat(priceList(settings).most(Money.ofFen(328_50))).isEqualTo(100 * 500_000);
        assertThat(priceList(settings).most(Money.ofFen(0))).isZero();
    }

    @Test
    void refusesLessThanTheMinimumInTheUsersOwnCount() {
        assertRefused(Map.of("WechatMinTopUp", 5), 4, OrderCode.AMOUNT_BELOW_MINIMUM, 5L);
        assertRefused(Map.of("WechatMinTopUp", 5, "QuotaDisplayType", "TOKENS", "QuotaPerUnit", 100), 499, OrderCode.AMOUNT_BELOW_MINIMUM,
                500L);
        assertRefused(Map.of(), 0, OrderCode.AMOUNT_BELOW_MINIMUM, 1L);
        assertRefused(Map.of(), -5, OrderCode.AMOUNT_BELOW_MINIMUM, 1L);
    }

    @Test
    void refusesAPriceThatRoundsToNothingOrIsMoreThanProvidersTake() {
        assertRefused(Map.of("Price", 0.004), 1, OrderCode.PRICE_TOO_LOW);
        assertRefused(Map.of("Price", 7.3), 3_000_000, OrderCode.AMOUNT_TOO_LARGE);
        assertRefused(Map.of("Price", 0.000001, "QuotaPerUnit", 9_000_000_000_000L), 9_000_000, OrderCode.AMOUNT_TOO_LARGE);
    }

    @Test
    void refusesALeastAmountThatNobodyCouldOrder() {
        for (String minimum : List.of("WechatMinTopUp", "AlipayMinTopUp")) {
            assertThatThrownBy(() -> priceList(Map.of(minimum, Long.MAX_VALUE / 500_000 + 1, "QuotaDisplayType", "TOKENS")))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageStartingWith("setting " + minimum + " must be from 1 to 18014398509");
        }
        assertThatThrownBy(() -> priceList(Map.of("QuotaPerUnit", Long.MAX_VALUE))).isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("setting QuotaPerUnit must be from 1 to ");
    }

    @Test
    void refusesADisplayTypeThatItDoesNotKnow() {
        assertThatThrownBy(() -> priceList(Map.of("QuotaDisplayType", "CUSTOM"))).isInstanceOf(BadSettingException.class)
                .hasMessageContaining("one of USD, CNY, TOKENS");
    }

    @Test
    void refusesADiscountOfWhatIsNoAmount() {
        for (String name : List.of("abc", "0", "1.5", "")) {
            Map<String, Object> settings = Map.of("AmountDiscount", Map.of("100", 0.9, name, 0.5));
            assertThat(priced(settings, 100, "").money().minorUnits()).as("nobody gets it").isEqualTo(657_00);
            assertThatThrownBy(() -> PriceList.checkDiscounts(settings(settings))).isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("whose names are amounts");
        }
    }

    private static PriceList.Pricing.Priced priced(Map<String, ?> settings, long amount, String group) {
        return (PriceList.Pricing.Priced) price(settings, amount, group);
    }

    private static void assertRefused(Map<String, ?> settings, long amount, AnswerCode message, Object... arguments) {
        assertThat(price(settings, amount, "")).isEqualTo(new PriceList.Pricing.Refused(Refusal.of(message, arguments)));
    }

    private static PriceList.Pricing price(Map<String, ?> settings, long amount, String group) {
        return priceList(settings).price(Providers.WECHAT, amount, group);
    }

    private static PriceList priceList(Map<String, ?> settings) {
        return PriceList.from(settings(settings), PaymentChannels.installed());
    }

    private static Settings settings(Map<String, ?> settings) {
        return Settings.of(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(settings)));
    }
}
