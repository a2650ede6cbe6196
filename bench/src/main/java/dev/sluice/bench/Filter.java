package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import dev.sluice.bench.ManyOrders.Sample;

/// A filter that operators use on the list.
///
/// @param query of the URL, for an order that an operator might look for
record Filter(String name, Function<Sample, String> query) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int PREFIX = 8;
    private static final int LONGER_PREFIX = 15;
    private static final int DAYS_PREFIX = 13;

    /// Each filter of the API, common values and rare ones, alone and together. The first is the unfiltered first page.
    ///
    /// @param after the cursor of the page after an order
    static List<Filter> all(Function<Sample, String> after) {
        return List.of(
                new Filter("first page", _ -> ""),
                new Filter("100 rows", _ -> "page_size=100"),
                new Filter("status, common", _ -> "status=CREDITED"),
                new Filter("status, rare", _ -> "status=HELD"),
                new Filter("status, none", _ -> "status=NEW"),
                new Filter("provider", sample -> "payment_method=wechat"),
                new Filter("provider, given up", _ -> "payment_method=alipay"),
                new Filter("user", sample -> "user=" + sample.user()),
                new Filter("user, unknown", sample -> "user=" + (1_000_000_000 + sample.user())),
                new Filter("user and status", sample -> "status=CLOSED&user=" + sample.user()),
                new Filter("from a time on", sample -> "from=" + sample.createdAt()),
                new Filter("until a time", sample -> "until=" + sample.createdAt()),
                new Filter("one day", Filter::dayOf),
                new Filter("one day and provider", sample -> "payment_method=alipay&" + dayOf(sample)),
                new Filter("one day and rare status", sample -> "status=HELD&" + dayOf(sample)),
                new Filter("exact amount", sample -> amount(sample.fen(), sample.fen())),
                new Filter("exact amount, given up", _ -> amount(ManyOrders.FEN_OF_AMOUNT_GIVEN_UP, ManyOrders.FEN_OF_AMOUNT_GIVEN_UP)),
                new Filter("amount range, given up",
                        _ -> amount(ManyOrders.FEN_OF_AMOUNT_GIVEN_UP - 1, ManyOrders.FEN_OF_AMOUNT_GIVEN_UP + 1)),
                new Filter("amount range", sample -> amount(sample.fen() / 2, sample.fen())),
                new Filter("amount, rare", _ -> "least_money=100000"),
                new Filter("amount, none", _ -> "least_money=10000000"),
                new Filter("rare amount and provider", _ -> "least_money=100000&payment_method=wechat"),
                new Filter("exact amount, provider given up", sample -> amount(sample.fen(), sample.fen()) + "&payment_method=alipay"),
                new Filter("amount, common status, until", sample -> "status=CREDITED&until=" + sample.createdAt() + "&"
                        + amount(sample.fen(), sample.fen())),
                new Filter("amount and rare status", sample -> "status=HELD&" + amount(sample.fen(), sample.fen())),
                new Filter("amount and day", sample -> amount(sample.fen(), sample.fen()) + "&" + dayOf(sample)),
                new Filter("our number", sample -> "text=" + sample.tradeNo()),
                new Filter("our number's beginning", sample -> "text=" + sample.tradeNo().substring(0, PREFIX)),
                new Filter("transaction", sample -> "text=" + transaction(sample)),
                new Filter("transaction's beginning", sample -> "text=" + transaction(sample).substring(0, LONGER_PREFIX)),
                new Filter("a day's transactions", sample -> "text=" + dayOfTransaction(sample)),
                new Filter("text that too many have", _ -> "text=4200"),
                new Filter("text that nothing has", sample -> "text=X" + sample.tradeNo()),
                new Filter("text and user", sample -> "text=" + dayOfTransaction(sample) + "&user=" + sample.user()),
                new Filter("deep page", after),
                new Filter("deep page and status", sample -> "status=CLOSED&" + after.apply(sample)),
                new Filter("deep page and rare status", sample -> "status=HELD&" + after.apply(sample)),
                new Filter("deep page and provider", sample -> "payment_method=alipay&" + after.apply(sample)),
                new Filter("deep page and amount", sample -> amount(sample.fen(), sample.fen()) + "&" + after.apply(sample)),
                new Filter("deep page and text", sample -> "text=" + dayOfTransaction(sample) + "&" + after.apply(sample)),
                new Filter("deep page of a user", sample -> "user=" + sample.user() + "&" + after.apply(sample)));
    }

    private static String dayOf(Sample sample) {
        return "from=" + sample.createdAt().minus(DAY.dividedBy(2)) + "&until=" + sample.createdAt().plus(DAY.dividedBy(2));
    }

    private static String amount(long leastFen, long mostFen) {
        return "least_money=" + yuan(leastFen) + "&most_money=" + yuan(mostFen);
    }

    private static String yuan(long fen) {
        return fen / 100 + "." + String.format("%02d", fen % 100);
    }

    /// Of about a thousand orders in a million.
    private static String dayOfTransaction(Sample sample) {
        return transaction(sample).substring(0, DAYS_PREFIX);
    }

    private static String transaction(Sample sample) {
        return sample.transactionId().orElse("4200029876543210987654321098");
    }
}
