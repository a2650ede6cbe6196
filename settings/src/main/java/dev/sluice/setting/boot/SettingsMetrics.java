package dev.sluice.setting.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.topic.RefusedRecord;

/// Whether the settings are current, what was changed, and what did not count. All series exist from the start.
record SettingsMetrics(LiveSettings settings) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("sluice.settings.there", settings, each -> each.isReady() ? 1 : 0)
                .description("1 when this app has the current settings, 0 otherwise").register(meters);
        Gauge.builder("sluice.settings.number", settings, LiveSettings::number)
                .description("The number of the change of settings that counts").register(meters);
        for (Setting setting : Setting.all()) {
            FunctionCounter.builder("sluice.settings.changed", settings, each -> each.changedTimes(setting))
                    .tag("setting", setting.label()).description("Changes of a setting since the start of the app").register(meters);
        }
        for (RefusedRecord why : RefusedRecord.values()) {
            FunctionCounter.builder("sluice.settings.refused", settings, each -> each.refused(why))
                    .tag("reason", why.name()).description("Records of sluice.settings that do not count").register(meters);
        }
    }
}
