package dev.sluice.event.value;

import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"0.01,1", "0.1,10", "19.90,1990", "0.29,29", "7,700", "100000000.00,10000000000"})
    void readsYuanExactly(String yuan, long fen) {
        assertThat(Money.parseYuan(yuan)).isEqualTo(Money.ofFen(fen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.999", "1e3", " 1", "1,0", "0x10", "NaN", ".5", "1."})
    void refusesWhatIsNotYuan(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseYuan(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "+1", " 1", "1 ", "9999999999999999999", "１"})
    void refusesWhatIsNotFen(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseFen(text, Money.CNY));
    }

    @Test
    void writesYuanWithTwoDecimals() {
        assertThat(Money.ofFen(730).decimal()).isEqualTo("7.30");
        assertThat(Money.ofFen(1).decimal()).isEqualTo("0.01");
    }

    @Test
    void moneyOfAnotherCurrencyIsAnotherMoney() {
        assertThat(new Money(100, Currency.getInstance("HKD"))).isNotEqualTo(Money.ofFen(100));
    }

    @Test
    void refusesNegativeMoneyQuotaAndUsers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.ofFen(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quota(-1));
    }

    @Test
    void aUserIdIsAnOpaqueText() {
        for (String legal : List.of("42", "6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c01", "auth0|5f7c8ec7c33c6c004bbafe82", "a".repeat(64))) {
            assertThat(new UserId(legal)).hasToString(legal);
        }
        for (String illegal : List.of("", " ", "a b", "a\0", "张三", "a".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new UserId(illegal));
        }
    }

    @Test
    void writesAnAmountWithTheDigitsOfItsCurrency() {
        assertThat(new Money(1, Currency.getInstance("CNY")).decimal()).isEqualTo("0.01");
        assertThat(new Money(500, Currency.getInstance("JPY")).decimal()).isEqualTo("500");
        assertThat(new Money(1234, Currency.getInstance("KWD")).decimal()).isEqualTo("1.234");
    }

    @Test
    void aNewTradeNumberSuitsWechat() {
        String number = TradeNumber.next().value();

        assertThat(number).matches("[0-9A-Z]{26}");
        assertThat(TradeNumber.next().value()).isGreaterThan(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "订单", "a/b"})
    void refusesWhatNoProviderWouldTakeAsTradeNumber(String text) {
        assertThat(TradeNumber.isLegal(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new TradeNumber(text));
    }

    @Test
    void refusesATransactionIdOf65Characters() {
        assertThat(TransactionId.isLegal("1".repeat(64))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId("1".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay", "a", "bank_of_2"})
    void takesAnyCodeAsAProvider(String code) {
        assertThat(new Provider(code).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WECHAT", "2bank", "we-chat", "we/chat", "a23456789012345678901234567890123"})
    void refusesWhatIsNoProvidersCode(String code) {
        assertThat(Provider.isLegal(code)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Provider(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WeChat", "1pay", "we-chat", "wechat ", "_wechat", "微信", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesACodeThatNoProviderCanHave(String code) {
        assertThat(Provider.isLegal(code)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Provider(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "A\nB", "'; drop", "号", "A/B"})
    void refusesNumbersThatNoProviderAccepts(String text) {
        assertThat(TradeNumber.isLegal(text)).isFalse();
        assertThat(TransactionId.isLegal(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new TradeNumber(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId(text));
    }

    @Test
    void newTradeNumbersAreUniqueAndInOrderOfTime() {
        List<String> numbers = IntStream.range(0, 1_000).mapToObj(_ -> TradeNumber.next().value()).toList();

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
}
