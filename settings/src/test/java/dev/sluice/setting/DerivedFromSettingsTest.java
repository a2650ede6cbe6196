package dev.sluice.setting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DerivedFromSettingsTest {
    private final AtomicReference<Settings> settings = new AtomicReference<>(Settings.none());

    @Test
    void theLastOneStaysWhateverGoesWrongAndTheLogNamesWhatChangedAndNoValue() {
        Logger logger = (Logger) LoggerFactory.getLogger(DerivedFromSettings.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            settings.set(subject("quota"));
            var made = new DerivedFromSettings<String>(settings::get, Settings.none(), DerivedFromSettingsTest::offer);

            settings.set(subject("s3cret"));

            assertThat(made.get()).isEqualTo("true quota");
            assertThat(made.isMade()).isTrue();
            assertThat(lines.list).singleElement().satisfies(line -> assertThat(line.getKeyValuePairs().toString())
                    .contains("IllegalArgumentException", "DerivedFromSettingsTest", "[TopUpSubject]").doesNotContain("s3cret"));
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void nothingIsOfferedWhileNothingCouldBeMadeOfWhatIsSet() {
        settings.set(subject("s3cret"));
        var made = new DerivedFromSettings<String>(settings::get, Settings.none(), DerivedFromSettingsTest::offer);

        assertThat(made.get()).isEqualTo("false AI服务充值");
        assertThat(made.isMade()).isFalse();

        settings.set(subject("s3cret again"));
        assertThat(made.isMade()).isFalse();

        settings.set(subject("quota"));
        assertThat(made.isMade()).isTrue();
        assertThat(made.get()).isEqualTo("true quota");
    }

    @Test
    void whatTheFileSaysHasToBeRight() {
        Settings file = subject("s3cret");
        settings.set(file);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DerivedFromSettings<String>(settings::get, file, DerivedFromSettingsTest::offer));
    }

    @Test
    void isDerivedAgainOnlyWhenASettingThatItReadHasChanged() {
        var derivations = new AtomicInteger();
        var made = new DerivedFromSettings<String>(settings::get, Settings.none(), each -> {
            derivations.incrementAndGet();
            return each.text(SalesSettings.TOP_UP_SUBJECT).orElse("");
        });
        settings.set(set(Map.of(SalesSettings.TOP_UP_SUBJECT, "quota")));
        assertThat(made.get()).isEqualTo("quota");
        int before = derivations.get();

        settings.set(set(Map.of(SalesSettings.TOP_UP_SUBJECT, "quota", AnySettings.WECHAT_APP_ID, "wx0000000000000001")));
        assertThat(made.get()).isEqualTo("quota");
        assertThat(derivations).hasValue(before);

        settings.set(set(Map.of(SalesSettings.TOP_UP_SUBJECT, "more", AnySettings.WECHAT_APP_ID, "wx0000000000000001")));
        assertThat(made.get()).isEqualTo("more");
        assertThat(derivations).hasValue(before + 1);
    }

    /// The time of a change tells until when the key before it is believed.
    @Test
    void isDerivedAgainWhenTheKeyBeforeWasReplacedAtAnotherTime() {
        var made = new DerivedFromSettings<Instant>(settings::get, Settings.none(),
                each -> each.before(AnySettings.WECHAT_API_V2_KEY).map(Settings.Before::until).orElse(Instant.MIN));

        for (Instant at : List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))) {
            settings.set(Settings.none().overriddenBy(Map.of(AnySettings.WECHAT_API_V2_KEY_PREVIOUS,
                    new StoredSetting(Optional.of(StringNode.valueOf("the same")), new UserId("1"), at))));

            assertThat(made.get()).isEqualTo(at.plus(Setting.PREVIOUS_HONOURED));
        }
    }

    private static Settings set(Map<Setting, String> values) {
        return Settings.none().overriddenBy(values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                each -> new StoredSetting(Optional.of(StringNode.valueOf(each.getValue())), new UserId("1"), Instant.EPOCH))));
    }

    private static String offer(Settings settings) {
        String subject = settings.text(SalesSettings.TOP_UP_SUBJECT).orElse("");
        if (subject.startsWith("s3cret")) {
            throw new IllegalArgumentException("what is " + subject + "?");
        }
        return settings.flag(AnySettings.WECHAT_ENABLED) + " " + subject;
    }

    private static Settings subject(String subject) {
        return Settings.none().overriddenBy(Map.of(SalesSettings.TOP_UP_SUBJECT,
                new StoredSetting(Optional.of(StringNode.valueOf(subject)), new UserId("1"), Instant.EPOCH)));
    }
}
