package dev.sluice.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A value derived from the settings, and derived again when one of the settings that it was read from changes: a new price makes no new
/// connection. When it cannot be derived, for whatever reason, the last one stays.
///
/// When the settings of operators have been unusable since the start, the file's settings apply with every payment method switched off:
/// nothing is sold at the file's prices, and operators can correct the settings.
final class DerivedFromSettings<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DerivedFromSettings.class);

    private final Supplier<Settings> settings;
    private final Function<Settings, T> maker;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Product<T> last;

    /// @param of    the settings that were looked at last
    /// @param read  which of them were read
    /// @param stand whether it stands in for what could not be made
    private record Product<T>(Settings of, Set<Setting> read, T made, boolean stand) {}

    /// @param file that it must be possible to make it of
    DerivedFromSettings(Supplier<Settings> settings, Settings file, Function<Settings, T> maker) {
        this.settings = settings;
        this.maker = maker;
        this.last = productOf(file, file, false);
        if (settings.get() != file) {
            this.last = productOf(file, file.switchedOff(), true);
            this.last = next(settings.get());
        }
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
                last = !last.stand() && last.of().isSame(now, last.read())
                        ? new Product<>(now, last.read(), last.made(), false)
                        : next(now);
            }
            return last.made();
        } finally {
            one.unlock();
        }
    }

    /// Whether it, or one before it, was made of what operators have set.
    boolean isMade() {
        get();
        return !last.stand();
    }

    private Product<T> productOf(Settings looked, Settings used, boolean stand) {
        Set<Setting> read = ConcurrentHashMap.newKeySet();
        return new Product<>(looked, read, maker.apply(used.readBy(read::add)), stand);
    }

    private Product<T> next(Settings now) {
        Set<Setting> read = ConcurrentHashMap.newKeySet();
        try {
            return new Product<>(now, read, maker.apply(now.readBy(read::add)), false);
        } catch (BadSettingException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log(unusable());
        } catch (RuntimeException e) {
            // Its message may hold a value, and the value may be a key.
            LOG.atError().addKeyValue("why", e.getClass().getSimpleName()).addKeyValue("at", place(e))
                    .addKeyValue("changed", changed(last.of(), now)).log(unusable());
        }
        return new Product<>(now, read, last.made(), last.stand());
    }

    private String unusable() {
        return "what is set cannot be used, " + (last.stand() ? "nothing is offered" : "what was before stays in use");
    }

    private static String place(RuntimeException e) {
        return Arrays.stream(e.getStackTrace()).map(StackTraceElement::toString).filter(frame -> frame.contains("dev.sluice.")).findFirst()
                .orElse("");
    }

    private static List<String> changed(Settings before, Settings now) {
        return Setting.all().stream().filter(setting -> !before.json(setting).equals(now.json(setting))).map(Setting::label)
                .toList();
    }
}
