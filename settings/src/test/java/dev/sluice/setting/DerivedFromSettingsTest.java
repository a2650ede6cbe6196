package dev.sluice.setting;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
                    .contains("IllegalArgumentException", "MadeTest", "[TopUpSubject]").doesNotContain("s3cret"));
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

    private static String offer(Settings settings) {
        String subject = settings.text(Setting.TOP_UP_SUBJECT).orElse("");
        if (subject.startsWith("s3cret")) {
            throw new IllegalArgumentException("what is " + subject + "?");
        }
        return settings.flag(Setting.WECHAT_ENABLED) + " " + subject;
    }

    private static Settings subject(String subject) {
        return Settings.none().overriddenBy(Map.of(Setting.TOP_UP_SUBJECT,
                new StoredSetting(Optional.of(StringNode.valueOf(subject)), new UserId("1"), Instant.EPOCH)));
    }
}
