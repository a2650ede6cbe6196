package dev.sluice.order.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.setting.LiveSettings;

/// What this app measures of itself, of the log and of its disks, and the changes of the settings.
@Component
class OwnMeasures {
    /// Those that decide who receives money, whose notifications are believed, and what money buys; `alerts.yml` has the same.
    static final Pattern CRITICAL_SETTING = Pattern.compile(
            ".*Key|.*GatewayUrl|ServerAddress|MerchantAddress|.*(AppId|MchId|SellerId)|Price|QuotaPerUnit|QuotaDisplayType|TopupGroupRatio|AmountDiscount|UserDailyLimit|RefundApprovalAbove|LatePayment");

    private final MeterRegistry meters;
    private final LiveSettings settings;
    private final Clock clock;

    OwnMeasures(MeterRegistry meters, LiveSettings settings, Clock clock) {
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
    }

    /// Those of the alerts that fire.
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        if (!settings.isReady()) {
            all.add(Finding.of(Alert.SETTINGS_UNREADABLE, null));
        }
        long withoutQuorum = withoutQuorum();
        if (withoutQuorum > 0) {
            all.add(Finding.of(Alert.LOG_PARTLY_UNAVAILABLE, null, withoutQuorum));
        }
        disk().filter(Disk::isShort).or(() -> disk().filter(Disk::fillsUp)).ifPresent(disk -> all.add(Finding.of(
                disk.isShort() ? Alert.DISK_ALMOST_FULL : Alert.DISK_FILLS_UP, null, Finding.size(disk.usable()))));
        critical().ifPresent(all::add);
        views().forEach(view -> {
            if (view.paused() > 0) {
                all.add(Finding.of(Alert.VIEW_PAUSED, null, view.name(), view.paused(), String.join(", ", view.reasons())));
            } else if (view.lag() > Limits.VIEW_LAG) {
                all.add(Finding.of(Alert.CONSUMER_LAG, null, view.name(), view.lag()));
            }
        });
        return all;
    }

    private Optional<Finding> critical() {
        Instant since = clock.instant().minus(Limits.EVENT_FIRES);
        List<SettingsChanged> recent = settings.changes().stream().filter(change -> change.at().isAfter(since)).toList();
        List<String> names = recent.stream().flatMap(change -> change.edits().stream()).map(SettingEdit::setting)
                .filter(CRITICAL_SETTING.asMatchPredicate()).distinct().sorted().toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.of(Alert.SETTINGS_CHANGED_CRITICALLY, recent.getLast().at(), String.join(", ", names)));
    }

    /// The partitions that this app writes and that take no records.
    long withoutQuorum() {
        return (long) gauges("sluice.log.partitions.without.quorum").mapToDouble(Gauge::value).sum();
    }

    /// How far a view of this app is.
    ///
    /// @param lag     records that it has left to read
    /// @param paused  partitions in which it is paused
    /// @param reasons why
    record ViewState(String name, long lag, long paused, List<String> reasons) {}

    /// The views of this app.
    List<ViewState> views() {
        return gauges("sluice.view.lag").map(lag -> {
            String name = Objects.requireNonNull(lag.getId().getTag("view"));
            List<Gauge> paused = gauges("sluice.view.paused")
                    .filter(gauge -> name.equals(gauge.getId().getTag("view")) && gauge.value() > 0).toList();
            return new ViewState(name, (long) lag.value(), (long) paused.stream().mapToDouble(Gauge::value).sum(),
                    paused.stream().map(gauge -> gauge.getId().getTag("reason")).sorted().toList());
        }).toList();
    }

    /// The fullest disk that holds the log, in bytes.
    record Disk(long usable, long reserve) {
        boolean isShort() {
            return usable < reserve;
        }

        boolean fillsUp() {
            return usable < Limits.RESERVES_OF_DISK * reserve;
        }
    }

    /// Empty while the brokers do not report it.
    Optional<Disk> disk() {
        double usable = gauges("sluice.disk.usable.bytes").mapToDouble(Gauge::value).min().orElse(Double.NaN);
        double reserve = gauges("sluice.disk.reserve.bytes").mapToDouble(Gauge::value).max().orElse(0);
        return Double.isNaN(usable) ? Optional.empty() : Optional.of(new Disk((long) usable, (long) reserve));
    }

    boolean haveSettings() {
        return settings.isReady();
    }

    private Stream<Gauge> gauges(String name) {
        return meters.find(name).gauges().stream();
    }
}
