package dev.sluice.sandbox.mischief;

import java.time.Duration;

/// Lets real time pass; a test does not wait for it.
@FunctionalInterface
interface Pause {

    void forThe(Duration duration) throws InterruptedException;
}
