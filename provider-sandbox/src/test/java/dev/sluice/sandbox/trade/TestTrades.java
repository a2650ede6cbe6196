package dev.sluice.sandbox.trade;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;

/// Trades for tests of other packages.
public final class TestTrades {
    private TestTrades() {}

    public static Trades forgetful(Clock clock) {
        return new Trades(Journal.none(), new Numbers(new Random(42)), clock);
    }

    static Trades in(Path folder, Clock clock) {
        return new Trades(new FileJournal(folder), new Numbers(new Random(42)), clock);
    }
}
