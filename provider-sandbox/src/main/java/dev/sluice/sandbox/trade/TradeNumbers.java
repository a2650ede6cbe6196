package dev.sluice.sandbox.trade;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import dev.sluice.sandbox.BeijingTime;

/// Makes codes and numbers of the providers' own forms.
record TradeNumbers(RandomGenerator random) {
    private static final String DIGITS = "0123456789";
    private static final String LOWER = DIGITS + "abcdefghijklmnopqrstuvwxyz";
    private static final String MIXED = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// The text of a new QR code.
    String code(Provider provider) {
        return switch (provider) {
            case WECHAT -> "weixin://wxpay/bizpayurl?pr=" + text(MIXED, 9);
            case ALIPAY -> "https://qr.alipay.com/bax" + text(LOWER, 21);
        };
    }

    /// A transaction number of 28 digits, with the day in it where each provider has it.
    String transactionId(Provider provider, Instant at) {
        String day = BeijingTime.DAY.write(at);
        return switch (provider) {
            case WECHAT -> "4200" + text(DIGITS, 6) + day + text(DIGITS, 10);
            case ALIPAY -> day + "22001" + text(DIGITS, 15);
        };
    }

    /// The id of a notification: 34 digits, beginning with the day.
    String notificationId(Instant at) {
        return BeijingTime.DAY.write(at) + text(DIGITS, 26);
    }

    /// A provider's number of a refund: 29 digits.
    String refundId(Instant at) {
        return "50" + text(DIGITS, 9) + BeijingTime.DAY.write(at) + text(DIGITS, 10);
    }

    /// The number of a refund that is made in a provider's console.
    String consoleRefundNumber() {
        return text(DIGITS, 28);
    }

    private String text(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(index -> alphabet.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
