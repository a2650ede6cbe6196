package dev.sluice.setting;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is made of settings, made anew when they are others. When it cannot be made, the last one stays.
final class Made<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Made.class);

    private final Supplier<Settings> settings;
    private final Function<Settings, T> maker;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Product<T> last;

    private record Product<T>(Settings of, T made) {}

    /// @param first that it must be possible to make it of
    Made(Supplier<Settings> settings, Settings first, Function<Settings, T> maker) {
        this.settings = settings;
        this.maker = maker;
        this.last = new Product<>(first, maker.apply(first));
        get();
    }

    @Override
    public T get() {
        Settings now = settings.get();
        if (last.of() == now) {
            return last.made();
        }
        one.lock();
        try {
            if (last.of() != now) {
                last = new Product<>(now, madeOf(now));
            }
            return last.made();
        } finally {
            one.unlock();
        }
    }

    private T madeOf(Settings now) {
        try {
            return maker.apply(now);
        } catch (BadSettingException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("what is set cannot be used, what was before stays in use");
            return last.made();
        }
    }
}
