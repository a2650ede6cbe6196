package dev.sluice.order.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The console's alerts are those of Prometheus: a rule that is added, renamed or made worse has to be decided about here, too.
class AlertTest {
    private static final Pattern RULE = Pattern.compile("(?s)- alert: (\\w+)\n.*?severity: (\\w+)\n");

    private final String rules;

    AlertTest() throws IOException {
        rules = Files.readString(Path.of("../docs/monitoring/alerts.yml"));
    }

    @Test
    void hasTheNamesAndSeveritiesOfTheRules() {
        Map<String, String> severities = RULE.matcher(rules).results()
                .collect(Collectors.toMap(rule -> rule.group(1), rule -> rule.group(2)));

        assertThat(Arrays.stream(Alert.values()).collect(Collectors.toMap(Alert::label, alert -> alert.severity().label())))
                .isEqualTo(severities);
    }

    @Test
    void hasTheBoundsOfTheRules() {
        assertThat(rules).contains("setting=~\"" + OwnMeasures.CRITICAL_SETTING.pattern() + "\"",
                "sluice_money_waiting_seconds) > " + Limits.MONEY_WAITS.toSeconds(),
                "records_lag_max) > " + Limits.VIEW_LAG, "< " + Limits.RESERVES_OF_DISK + " * max(sluice_disk_reserve_bytes)",
                "increase(sluice_held_total[" + Limits.EVENT_FIRES.toMinutes() + "m])");
    }

    @Test
    void hasASentenceAndARemedyForEachThatCanFire() {
        for (Locale locale : new Locale[]{Locale.CHINESE, Locale.ENGLISH}) {
            assertThat(
                    Arrays.stream(Alert.values()).filter(alert -> alert.scope() != Alert.Scope.NOTHING).map(alert -> alert.remedy(locale)))
                    .doesNotHaveDuplicates().allMatch(remedy -> remedy.length() > 10);
        }
        assertThat(Alert.VIEW_PAUSED.summary(Locale.CHINESE, "orders", 2, "record_refused"))
                .isEqualTo("视图 orders 在 2 个分区暂停读取：record_refused");
    }

    @Test
    void namesDurationsAndSizesAsPeopleDo() {
        Function<Duration, String> english = duration -> Finding.lasting(duration).in(Locale.ENGLISH);
        assertThat(english.apply(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(english.apply(Duration.ofMinutes(119))).isEqualTo("119 min");
        assertThat(english.apply(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(english.apply(Duration.ofDays(3))).isEqualTo("3 d");
        assertThat(Finding.lasting(Duration.ofMinutes(3)).in(Locale.CHINESE)).isEqualTo("3 分钟");
        assertThat(Finding.size(800L << 20)).isEqualTo("800 MiB");
        assertThat(Finding.size(3L << 29)).isEqualTo("1.5 GiB");
    }
}
