package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The language of the house: what people read has the field's nouns as subjects and the field's verbs.
class WordsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /// In place of the operator, the payer, the merchant, the caller, the provider.
    private static final String SUBJECTS = "nobody|somebody|anybody|everybody|whoever|whomever|no one";
    /// In place of notify, publish, report, respond, state, request.
    private static final String VERBS = "tells?|telling|told|says?|said|saying|hears?|heard|goes|wish|wishes|wished";
    /// In place of available, missing, ready, unknown.
    private static final String BEING = "there (?:is|are) none|is there|are there|is none|are none";
    /// In place of response, text, name, and of the notification.
    private static final String NOUNS = "words?|notices?|mischief";
    private static final Pattern BANNED = Pattern
            .compile("\\b(?:" + String.join("|", SUBJECTS, VERBS, BEING, NOUNS) + ")\\b", Pattern.CASE_INSENSITIVE);
    /// Names of code, which are not prose: blocks and spans of code, links to code, addresses.
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`|\\]\\([^)]*\\)|\\[#?[A-Za-z.]+(?:[#(][^\\]]*)?\\]");
    private static final Pattern PARAMETER = Pattern.compile("@param \\w+");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*///(.*)$");

    @Test
    void everyPageIsWrittenInTheTermsOfTheField() {
        assertThat(banned(pages(), text -> text)).isEmpty();
    }

    @Test
    void everyCommentOfATypeOrMethodIsWrittenInTheTermsOfTheField() {
        assertThat(banned(files(".java"), WordsTest::comments)).isEmpty();
    }

    @Test
    void everyTextForPeopleIsWrittenInTheTermsOfTheField() {
        assertThat(files("_en.properties")).isNotEmpty();
        assertThat(banned(files("_en.properties"), WordsTest::values)).isEmpty();
    }

    @Test
    void theListKnowsTheWordsItIsFor() {
        assertThat(banned("Nobody is told whose word it is; there is none.")).containsExactly("Nobody", "told", "word", "there is none");
        assertThat(banned("The `word` of [#told()], and [a page](docs/somebody.md).\n```sh\nsay\n```\n")).isEmpty();
    }

    /// Each with its file.
    private static List<String> banned(List<Path> files, UnaryOperator<String> prose) {
        return files
                .stream()
                .flatMap(file -> banned(prose.apply(read(file))).stream().map(word -> ROOT.relativize(file) + ": " + word))
                .toList();
    }

    private static List<String> banned(String text) {
        return BANNED.matcher(CODE.matcher(text).replaceAll(" ")).results().map(MatchResult::group).toList();
    }

    private static String comments(String source) {
        String text = COMMENT.matcher(source).results().map(line -> line.group(1)).collect(Collectors.joining("\n"));
        return PARAMETER.matcher(text).replaceAll(" ");
    }

    private static String values(String bundle) {
        return bundle.lines().filter(line -> line.contains("=")).map(line -> line.substring(line.indexOf('=') + 1))
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> pages() {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(docs.filter(file -> file.toString().endsWith(".md")),
                    Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md").map(ROOT::resolve)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Under `src/main` of every module.
    private static List<Path> files(String ending) {
        try (var modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main")).filter(Files::isDirectory).sorted().flatMap(folder -> {
                try (var files = Files.walk(folder)) {
                    return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
