package dev.sluice.order;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.doctor.Diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

/// `docs/api.md` says of codes and limits what the code says; its routes are looked at where all apps are seen.
class ApiReferenceTest {
    /// A row of a table whose first cell is a code or the name of a limit.
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| (.*) \\|$");
    private static final Pattern BETWEEN_CELLS = Pattern.compile(" \\| ");
    /// What stands in the page for words of the moment.
    private static final String OF_THE_MOMENT = "…";

    private final String page;

    ApiReferenceTest() throws IOException {
        page = Files.readString(Path.of("../docs/api.md"));
    }

    @Test
    void everyCodeOfAnAnswerHasARowWithItsStatusAndItsWords() {
        Map<String, List<String>> rows = rows("### Answers");

        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(codes().map(AnswerCode::name).toList());
        assertThat(codes()).allSatisfy(code -> {
            List<String> cells = rows.get(code.name());
            assertThat(cells).hasSize(3);
            assertThat(cells.get(0)).isEqualTo(Integer.toString(code.status().value()));
            assertThat(cells.get(1).replace(OF_THE_MOMENT, "0")).isEqualTo(code.text(Locale.CHINESE, 0, 0, 0, 0));
        });
    }

    private static Stream<AnswerCode> codes() {
        return Stream.<AnswerCode>concat(Arrays.stream(OrderCode.values()), Arrays.stream(EdgeCode.values()));
    }

    @Test
    void everyFaultOfASettingHasARow() throws ReflectiveOperationException {
        List<String> faults = new ArrayList<>();
        for (String type : List.of("setting.GeneralFault", "provider.wechat.account.WechatFault", "provider.alipay.account.AlipayFault")) {
            Arrays.stream(Class.forName("dev.sluice." + type).getEnumConstants()).map(Object::toString).forEach(faults::add);
        }

        assertThat(rows("### Settings").keySet()).containsExactlyInAnyOrderElementsOf(faults);
    }

    @Test
    void everyDiagnosisHasARowWithItsVerdict() {
        Map<String, List<String>> rows = rows("### The doctor");

        Stream<String> ofProviders = Stream.of("WECHAT", "ALIPAY").flatMap(
                provider -> Stream.of("SIGNATURE_REFUSED", "ACCOUNT_REFUSED", "ANSWER_NOT_VERIFIED").map(code -> provider + "_" + code));
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(
                Stream.concat(Arrays.stream(Diagnosis.values()).map(Diagnosis::name), ofProviders).toList());
        assertThat(Diagnosis.values())
                .allSatisfy(diagnosis -> assertThat(rows.get(diagnosis.name()).getFirst()).isEqualTo(diagnosis.verdict().name()));
    }

    @Test
    void everyLimitThatThePageNamesIsWhatItSays() throws ReflectiveOperationException, IOException {
        Map<String, List<String>> rows = rows("## Limits");

        assertThat(rows).isNotEmpty();
        for (Map.Entry<String, List<String>> row : rows.entrySet()) {
            Object limit = limit(row.getKey());
            assertThat(row.getValue().getFirst()).as(row.getKey()).isEqualTo(words(limit));
        }
    }

    /// Each package has its own; no two limits share a name.
    private static Object limit(String name) throws ReflectiveOperationException, IOException {
        List<Object> found = new ArrayList<>();
        for (Path sources : List.of(Path.of("src/main/java"), Path.of("../edge/src/main/java"))) {
            found.addAll(limits(sources, name));
        }
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static List<Object> limits(Path sources, String name) throws ReflectiveOperationException, IOException {
        try (var files = Files.walk(sources)) {
            List<Object> found = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith("Limits.java")).toList()) {
                String type = sources.relativize(file).toString().replace(".java", "").replace('/', '.');
                for (Field field : Class.forName(type).getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        found.add(field.get(null));
                    }
                }
            }
            return found;
        }
    }

    private static String words(Object limit) {
        return switch (limit) {
            case Duration time when time.toSeconds() % 60 == 0 -> time.toMinutes() + " min";
            case Duration time -> time.toSeconds() + " s";
            case Number count -> String.format(Locale.ROOT, "%,d", count.longValue());
            default -> throw new AssertionError("this test does not know how to say " + limit);
        };
    }

    /// What follows the first cell, by that; of the section under a heading, up to the next heading.
    private Map<String, List<String>> rows(String heading) {
        String section = page.substring(page.indexOf("\n" + heading + "\n") + heading.length() + 1);
        int next = section.indexOf("\n#");
        Map<String, List<String>> rows = ROW.matcher(next < 0 ? section : section.substring(0, next)).results()
                .collect(Collectors.toMap(row -> row.group(1), ApiReferenceTest::cells, (_, twice) -> {
                    throw new AssertionError("twice in a table: " + twice);
                }, LinkedHashMap::new));
        assertThat(rows).as(heading).isNotEmpty();
        return rows;
    }

    private static List<String> cells(MatchResult row) {
        return List.of(BETWEEN_CELLS.split(row.group(2)));
    }
}
