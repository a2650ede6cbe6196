package dev.sluice.sandbox.trade;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;

/// Trades for tests of other packages.
public final class TestTrades {
    private TestTrades() {}

    public static Trades forgetful(Clock clock) {
        return new Trades(AnyMerchant.properties(), new Random(42), clock);
    }

    /// Orders for 7.30 yuan at WeChat Pay, and pays.
    public static Trade paid(Trades trades, String number, String notifyUrl) {
        var terms = new TradeTerms(
                new TradeKey(Provider.WECHAT, number),
                730,
                "any",
                "any",
                URI.create(notifyUrl),
                Map.of(),
                SettableClock.START.plusSeconds(60),
                null);
        var code = ((CodeResult.Issued) trades.issue(terms)).code();
        return ((Scan.Accepted) trades.pay(code.text())).trade();
    }

    static Trades in(Path folder, Clock clock) {
        return new Trades(AnyMerchant.properties(folder), new Random(42), clock);
    }
}
