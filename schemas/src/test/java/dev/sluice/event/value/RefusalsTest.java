package dev.sluice.event.value;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/// Each value refuses what it cannot be, and says what it needs.
class RefusalsTest {
    private static final List<String> NO_NUMBERS = List.of("", " ", "\0", "a\0", "a\u007F", "\u0085", "a\n", "\na", "a b", "a\tb", "é",
            "张三", "😀", "\uD800", "a\uDC00", "\u200B", "ａ", "٣", "a".repeat(65));
    private static final List<String> NO_AMOUNTS = List.of("", " ", "-1", "+1", "1 ", "1\n", "\0", "1e2", "0x1", "1_0", "1,0", "NaN", "１",
            "\uD800", "1\u200B", "9".repeat(19));

    static Stream<Arguments> texts() {
        return Stream.of(
                all(NO_NUMBERS, TradeNumber::new, "not a trade number: 1 to 64 of 0-9 A-Z a-z _ - | * @ are needed"),
                all(NO_NUMBERS, TransactionId::new, "not a transaction id: 1 to 64 of 0-9 A-Z a-z _ - are needed"),
                all(List.of("a|b", "a*b", "a@b"), TransactionId::new,
                        "not a transaction id: 1 to 64 of 0-9 A-Z a-z _ - are needed"),
                all(NO_NUMBERS, UserId::new, "a user id has 1 to 64 printable characters"),
                all(NO_NUMBERS, Provider::new,
                        "not a provider's code: a small letter and up to 31 of a-z 0-9 _ are needed"),
                all(NO_AMOUNTS, text -> Money.parseFen(text, Money.CNY), "not an amount in fen"),
                all(List.of("1.0", "1.", ".1"), text -> Money.parseFen(text, Money.CNY), "not an amount in fen"),
                all(NO_AMOUNTS, Money::parseYuan, "not an amount in yuan"),
                all(List.of("1.", ".1", "1.234", "1..2", "9".repeat(17)), Money::parseYuan, "not an amount in yuan"),
                all(List.of("", " ", "\n\t\u2003"), PayAction.QrCode::new, "a QR code of nothing")).flatMap(each -> each);
    }

    private static Stream<Arguments> all(List<String> texts, Function<String, Object> value, String message) {
        return texts.stream().map(text -> arguments(text, value, message));
    }

    @ParameterizedTest(name = "{2}: {index}")
    @MethodSource("texts")
    void saysWhatIsNeeded(String text, Function<String, Object> value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> value.apply(text)).withMessage(message);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(-1L, Long.MIN_VALUE).flatMap(number -> Stream.of(
                arguments(number, (Function<Long, Object>) Money::ofFen, "money is never negative"),
                arguments(number, (Function<Long, Object>) Quota::new, "quota is never negative")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void nothingIsNegative(long number, Function<Long, Object> value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> value.apply(number)).withMessage(message);
    }
}
