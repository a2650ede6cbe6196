package dev.sluice.sandbox.trade;

import java.util.function.Consumer;

/// Where facts outlive the process, or do not. Used by one thread at a time.
interface Journal {

    /// Hands over everything written before, in order.
    void replay(Consumer<Fact> reader);

    /// Writes one fact; when this returns, it survives the end of this process (not the loss of power).
    void append(Fact fact);

    /// A journal that forgets.
    static Journal none() {
        return new Journal() {
            @Override
            public void replay(Consumer<Fact> reader) {
                // Nothing was ever kept.
            }

            @Override
            public void append(Fact fact) {
                // Nothing is kept.
            }
        };
    }
}
