package dev.sluice.standalone;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The texts for people are the same ones in Chinese and in English.
class MessageBundlesTest {
    private static final Pattern ARGUMENT = Pattern.compile("%[ds]");

    static List<Path> chinese() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(
                    file -> file.toString().contains("/src/main/") && file.getFileName().toString().equals("messages_zh.properties"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("chinese")
    void bothLanguagesHaveTheSameKeysAndTheSameArguments(Path chinese) throws IOException {
        Properties inChinese = read(chinese);
        Properties inEnglish = read(chinese.resolveSibling("messages_en.properties"));

        assertThat(inEnglish.keySet()).isEqualTo(inChinese.keySet());
        inChinese.forEach((key, text) -> assertThat(arguments(inEnglish.getProperty(key.toString()))).as(key.toString())
                .isEqualTo(arguments(text.toString())));
    }

    private static List<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(each -> each.group()).toList();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
