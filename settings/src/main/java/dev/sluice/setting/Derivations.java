package dev.sluice.setting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything that is derived from the settings.
///
/// @param bootstrap that it must be possible to derive each of
/// @param current   the settings of now
record Derivations(Settings bootstrap, Supplier<Settings> current, List<DerivedFromSettings<?>> all) {
    Derivations(Settings bootstrap, Supplier<Settings> current) {
        this(bootstrap, current, new CopyOnWriteArrayList<>());
    }

    <T> Supplier<T> derive(Function<Settings, T> maker) {
        DerivedFromSettings<T> one = new DerivedFromSettings<>(current, bootstrap, maker);
        all.add(one);
        return one;
    }

    /// Whether each was derived from what operators have set.
    boolean areMade() {
        return all.stream().allMatch(DerivedFromSettings::isMade);
    }
}
