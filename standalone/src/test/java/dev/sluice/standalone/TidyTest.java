package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.sluice.reconcile.compare.DiscrepancyKind;

import static org.assertj.core.api.Assertions.assertThat;

/// The house rules that no compiler knows.
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("schemas", "event-log", "settings", "edge", "providers", "order-api",
            "notify-gateway", "recharge-worker",
            "reconciler", "provider-sandbox", "standalone", "bench");
    private static final int LONGEST_FILE = 300;
    private static final long LONGEST_FUNCTION = 40;
    private static final long MOST_COMPONENTS = 8;
    private static final long MOST_FIELDS = 8;
    /// What is larger, and why.
    private static final Map<String, String> LARGER = Map
            .of("Filter.all", "a table of filters", "OrderView", "an answer on the wire", "OrderList.Row", "an answer on the wire",
                    "PriceController.Offer", "an answer on the wire", "OpenHold", "an answer on the wire",
                    "OrderCreated", "a fact on the wire", "PaymentConfirmed", "a fact on the wire", "Notification", "a record on the wire",
                    "ProviderAnswer", "a record on the wire");
    /// `OrderPlacement` or `OrderPlacement.place` between back-ticks: a class of ours that a page names.
    /// Facts stand together in their sealed type.
    private static final Pattern NESTED_RECORD = Pattern.compile("\\n    (?:public )?record ([A-Z]\\w+)\\(");
    private static final Pattern NAMED_CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.[a-z]\\w*)?(?:\\(\\))?`");

    @Test
    void nothingIsLeftForLater() {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        for (Path file : files("src", ".java", ".yml", ".sql", ".xml")) {
            assertThat(later.matcher(read(file)).find()).as(file.toString()).isFalse();
        }
    }

    @Test
    void everyPackageSaysInASentenceWhatItIsFor() {
        Set<Path> packages = files("src/main/java", ".java").stream().map(Path::getParent).collect(Collectors.toSet());
        for (Path each : packages) {
            assertThat(each.resolve("package-info.java")).exists();
            assertThat(read(each.resolve("package-info.java"))).as(each.toString()).startsWith("///").contains("@NullMarked");
        }
    }

    @Test
    void noFileIsLongerThanAPersonReads() {
        for (Path file : files("src", ".java")) {
            assertThat(read(file).lines().count()).as(file.toString()).isLessThanOrEqualTo(LONGEST_FILE);
        }
    }

    @Test
    void functionsRecordsAndClassesAreSmall() {
        SourceSizes sizes = SourceSizes.of(files("src/main/java", ".java"));

        assertThat(sizes.functions()).as("functions").hasSizeGreaterThan(1_000);
        assertThat(larger(sizes.functions(), LONGEST_FUNCTION)).as("lines of a function").isEmpty();
        assertThat(larger(sizes.components(), MOST_COMPONENTS)).as("components of a record").isEmpty();
        assertThat(larger(sizes.fields(), MOST_FIELDS)).as("fields of a class").isEmpty();
    }

    private static Map<String, Long> larger(Map<String, Long> sizes, long most) {
        Map<String, Long> larger = new TreeMap<>(sizes);
        larger.entrySet().removeIf(size -> size.getValue() <= most || LARGER.containsKey(size.getKey()));
        return larger;
    }

    @Test
    void everyClassThatAPageNamesExists() {
        Set<String> classes = Stream.concat(files("src/main/java", ".java").stream(), files("src/test/java", ".java").stream())
                .flatMap(file -> Stream.concat(Stream.of(file.getFileName().toString().replace(".java", "")),
                        NESTED_RECORD.matcher(read(file)).results().map(found -> found.group(1))))
                .collect(Collectors.toSet());
        for (Path page : pages()) {
            var named = NAMED_CLASS.matcher(read(page));
            while (named.find()) {
                if (!NOT_OURS.contains(named.group(1))) {
                    assertThat(classes).as(page + " names it").contains(named.group(1));
                }
            }
        }
    }

    /// Settings and other people's classes that pages speak of.
    private static final Set<String> NOT_OURS = Stream.of(
            dev.sluice.setting.Setting.all().stream().map(dev.sluice.setting.Setting::label),
            Stream.of(DiscrepancyKind.values()).map(DiscrepancyKind::name),
            Stream.of("DataIntegrityViolationException", "EventSource", "PaymentProvider", "DefaultAlipayClient", "XmlMapper"))
            .flatMap(names -> names)
            .collect(Collectors.toSet());

    @Test
    void noPageOrSourceNamesAMachine() {
        Pattern machine = Pattern.compile("/(home|root|work)/|localhost:\\d+/repository|://(repo1?|registry|deb|security)\\.");
        for (Path file : Stream.concat(pages().stream(), files("src", ".java", ".yml", ".properties", ".sql").stream()).toList()) {
            assertThat(machine.matcher(read(file)).find()).as(file.toString()).isFalse();
        }
    }

    private static List<Path> pages() {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(docs.filter(file -> file.toString().endsWith(".md")),
                    Stream.of("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md").map(ROOT::resolve))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String under, String... endings) {
        return MODULES.stream().map(module -> ROOT.resolve(module).resolve(under)).filter(Files::isDirectory).flatMap(folder -> {
            try (var files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList()
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
