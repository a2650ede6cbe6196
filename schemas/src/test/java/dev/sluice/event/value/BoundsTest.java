package dev.sluice.event.value;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/// The first and the last that each value takes, and the ones next to them.
class BoundsTest {
    private static final Currency YEN = Currency.getInstance("JPY");
    private static final Currency DINAR = Currency.getInstance("KWD");

    @Test
    void fenHaveAtMostEighteenDigits() {
        assertThat(Money.parseFen("0", Money.CNY)).isEqualTo(Money.ofFen(0));
        assertThat(Money.parseFen("9".repeat(18), Money.CNY)).isEqualTo(Money.ofFen(999_999_999_999_999_999L));
        assertThat(Money.parseFen("0".repeat(17) + "1", Money.CNY)).isEqualTo(Money.ofFen(1));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseFen("0".repeat(18) + "1", Money.CNY));
    }

    @Test
    void yuanHaveAtMostSixteenDigitsAndTwoDecimals() {
        assertThat(Money.parseYuan("9".repeat(16) + ".99")).isEqualTo(Money.ofFen(999_999_999_999_999_999L));
        assertThat(Money.parseYuan("0.00")).isEqualTo(Money.ofFen(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseYuan("1" + "0".repeat(16)));
    }

    /// What Alipay writes is what people read: the text comes back as it was.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 730, 10_000_000_000L, 999_999_999_999_999_999L})
    void yuanThatAreWrittenAreReadBackTheSame(long fen) {
        Money money = Money.ofFen(fen);

        assertThat(Money.parseYuan(money.decimal())).isEqualTo(money);
    }

    /// Digits of another script look like an amount and are none.
    @ParameterizedTest
    @ValueSource(strings = {"１００", "٣", "1０", "Ⅷ", "1\n", "1\0", "1_000", "1'000", "∞", "-0", "+0", "1e1", "0b1"})
    void anAmountHasAsciiDigitsOnly(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseFen(text, Money.CNY));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parseYuan(text));
    }

    @Test
    void anAmountIsReadInTheCurrencyThatTheProviderNames() {
        assertThat(Money.parseFen("500", YEN)).hasToString("500 JPY");
        assertThat(Money.parseFen("1234", DINAR)).hasToString("1.234 KWD");
        assertThat(Money.parseFen("7300", Money.CNY)).hasToString("73.00 CNY");
    }

    /// A refusal is for a log line of ours: the provider's text is not part of it.
    @Test
    void aRefusalDoesNotRepeatWhatItRefuses() {
        String evil = "evil\r\nline";
        List<ThrowingCallable> refused = List.of(() -> Money.parseFen(evil, Money.CNY), () -> Money.parseYuan(evil),
                () -> new TradeNumber(evil), () -> new TransactionId(evil), () -> new UserId(evil), () -> new Provider(evil));

        assertThat(refused).allSatisfy(each -> assertThatIllegalArgumentException().isThrownBy(each)
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("evil")));
    }

    @Test
    void quotaReachesToTheLargestLong() {
        assertThat(new Quota(0).units()).isZero();
        assertThat(new Quota(Long.MAX_VALUE)).hasToString("9223372036854775807");
        assertThatIllegalArgumentException().isThrownBy(() -> new Quota(Long.MIN_VALUE));
    }

    /// The longest that Alipay takes; WeChat Pay's 32 are for our own numbers.
    @Test
    void numbersHaveOneToSixtyFourCharacters() {
        for (String legal : List.of("1", "a".repeat(64))) {
            assertThat(new TradeNumber(legal)).hasToString(legal);
            assertThat(new TransactionId(legal)).hasToString(legal);
            assertThat(new UserId(legal)).hasToString(legal);
        }
        String longer = "a".repeat(65);
        assertThat(TradeNumber.isLegal(longer)).isFalse();
        assertThat(TransactionId.isLegal(longer)).isFalse();
        assertThat(UserId.isLegal(longer)).isFalse();
    }

    static Stream<Character> printable() {
        return Stream.iterate(' ', c -> c <= '~', c -> (char) (c + 1));
    }

    /// Each of the characters that could be typed, in each kind of number.
    @ParameterizedTest
    @MethodSource("printable")
    void aNumberTakesTheCharactersThatItsDocumentationNames(char character) {
        String text = String.valueOf(character);
        boolean word = text.matches("[0-9A-Za-z_-]");

        assertThat(TransactionId.isLegal(text)).isEqualTo(word);
        assertThat(TradeNumber.isLegal(text)).isEqualTo(word || "|*@".contains(text));
        assertThat(UserId.isLegal(text)).isEqualTo(character != ' ');
        assertThat(Provider.isLegal(text)).isEqualTo(text.matches("[a-z]"));
    }

    @Test
    void aMissingUserIsNone() {
        assertThat(UserId.isLegal(null)).isFalse();
    }

    @Test
    void usersAreComparedByEveryCharacter() {
        assertThat(new UserId("a")).isNotEqualTo(new UserId("A"));
        assertThat(new UserId("7")).isNotEqualTo(new UserId("07"));
    }

    @Test
    void providersAreOrderedByTheirCodes() {
        assertThat(Stream.of("wechat", "alipay", "bank_2", "bank").map(Provider::new).sorted().map(Provider::code))
                .containsExactly("alipay", "bank", "bank_2", "wechat");
        assertThat(new Provider("a" + "0".repeat(31)).code()).hasSize(32);
    }

    @Test
    void aCodeOfNothingIsNoPayAction() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PayAction.QrCode(" \t"));
        assertThat(new PayAction.QrCode("weixin://wxpay/bizpayurl?pr=1").text()).isEqualTo("weixin://wxpay/bizpayurl?pr=1");
    }

    /// What a bridge is called with is signed: it must not change afterwards.
    @Test
    void theParametersOfABridgeAreACopy() {
        var parameters = new HashMap<>(Map.of("package", "prepay_id=1"));
        var action = new PayAction.InvokeBridge(parameters);
        parameters.put("package", "prepay_id=2");

        assertThat(action.parameters()).containsEntry("package", "prepay_id=1");
        assertThat(action.parameters()).isUnmodifiable();
    }
}
