package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/// Alerts, dashboard and runbook speak of the same things, and of metrics that there are.
class MonitoringTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path ALERTS = ROOT.resolve("docs/monitoring/alerts.yml");
    private static final Path DASHBOARD = ROOT.resolve("docs/monitoring/dashboard.json");
    private static final Path OPERATIONS = ROOT.resolve("docs/operations.md");
    private static final Pattern METRIC = Pattern.compile("\\bsluice_[a-z0-9_]+");
    /// A heading with text below it.
    private static final Pattern PARAGRAPH = Pattern.compile("(?m)^### (\\w+)\n\n\\w");
    /// `meters.counter("sluice.x"` and `Timer.builder("sluice.x"`, up to the end of the statement.
    private static final Pattern REGISTERED = Pattern
            .compile("(\\w+)\\s*\\.(counter|timer|summary|gauge|builder)\\(\\s*\"(sluice\\.[a-z0-9.]+)\"([^;]*)");

    private final List<JsonNode> alerts = JsonMapper.shared()
            .<JsonNode>valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(ALERTS)))
            .get("groups").valueStream().flatMap(group -> group.get("rules").valueStream()).filter(rule -> rule.has("alert")).toList();

    @Test
    void everyAlertHasItsParagraphInTheRunbookAndTheOtherWayRound() {
        List<String> names = alerts.stream().map(alert -> alert.get("alert").asString()).toList();
        String page = read(OPERATIONS);
        String runbook = page.substring(page.indexOf("\n## Runbook\n"));
        int next = runbook.indexOf("\n## ", 1);
        List<MatchResult> paragraphs = PARAGRAPH.matcher(next < 0 ? runbook : runbook.substring(0, next)).results().toList();

        assertThat(names).doesNotHaveDuplicates().isNotEmpty();
        assertThat(paragraphs).extracting(paragraph -> paragraph.group(1)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(alerts).allSatisfy(alert -> {
            String anchor = alert.get("alert").asString().toLowerCase(Locale.ROOT);
            assertThat(alert.at("/labels/severity").asString("")).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asString("")).isNotBlank();
            assertThat(alert.at("/annotations/description").asString("")).isNotBlank();
            assertThat(alert.at("/annotations/runbook").asString("")).isEqualTo("docs/operations.md#" + anchor);
        });
    }

    @Test
    void everyPanelHasATitleAndAsksForSomething() {
        JsonNode dashboard = JsonMapper.shared().readTree(read(DASHBOARD));

        assertThat(dashboard.get("panels").valueStream()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.get("title").asString()).isNotBlank();
            assertThat(panel.get("targets").valueStream()).isNotEmpty()
                    .allSatisfy(target -> assertThat(target.get("expr").asString()).isNotBlank());
        });
    }

    @Test
    void everyMetricThatIsAskedForIsRegistered() {
        Set<String> registered = registered();

        assertThat(metricsIn(ALERTS)).isNotEmpty().isSubsetOf(registered);
        assertThat(metricsIn(DASHBOARD)).isNotEmpty().isSubsetOf(registered);
    }

    @Test
    void namesAreWhatPrometheusMakesOfThem() {
        assertThat(names("meters.counter(\"sluice.dead.letters\").increment();")).containsExactly("sluice_dead_letters_total");
        assertThat(names("Gauge.builder(\"sluice.holds.open\", () -> open).register(meters);")).containsExactly("sluice_holds_open");
        assertThat(names("meters.timer(\n\"sluice.calls\").record(it);"))
                .containsExactlyInAnyOrder("sluice_calls_seconds_count", "sluice_calls_seconds_sum", "sluice_calls_seconds_max");
        assertThat(names("Timer.builder(\"sluice.calls\").serviceLevelObjectives(some).register(meters);"))
                .contains("sluice_calls_seconds_bucket");
    }

    private static Set<String> metricsIn(Path file) {
        return METRIC.matcher(read(file)).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> registered() {
        try (var modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java")).filter(Files::isDirectory).flatMap(MonitoringTest::sources)
                    .flatMap(source -> names(read(source)).stream()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Prometheus calls the meters that a source registers.
    private static Set<String> names(String source) {
        return REGISTERED.matcher(source).results().flatMap(meter -> {
            String kind = meter.group(2).equals("builder") ? meter.group(1).toLowerCase(Locale.ROOT) : meter.group(2);
            String name = meter.group(3).replace('.', '_');
            return switch (kind) {
                case "counter", "functioncounter" -> Stream.of(name + "_total");
                case "timer" -> timer(name + "_seconds", meter.group(4));
                case "gauge" -> Stream.of(name);
                default -> throw new AssertionError("this test does not know what Prometheus calls a " + kind + ": " + name);
            };
        }).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> timer(String name, String rest) {
        boolean buckets = rest.contains("serviceLevelObjectives") || rest.contains("publishPercentileHistogram");
        return Stream.concat(Stream.of("_count", "_sum", "_max"), buckets ? Stream.of("_bucket") : Stream.empty()).map(name::concat);
    }

    private static Stream<Path> sources(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
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
