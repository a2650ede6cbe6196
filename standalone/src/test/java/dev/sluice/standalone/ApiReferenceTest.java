package dev.sluice.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

import static org.assertj.core.api.Assertions.assertThat;

/// `docs/api.md` has a section for every route that the apps have, and speaks of no other. The sandbox is no part of Sluice's interface.
class ApiReferenceTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### (.*)$");
    /// `GET /api/option`, also with a query or more behind it.
    private static final Pattern ROUTE = Pattern.compile("`(GET|PUT|POST|PATCH|DELETE|HEAD) (/[^`?\\s]*)[^`]*`");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");
    /// What the framework answers in each app.
    private static final Set<String> OF_EACH_APP = Set.of("GET /livez", "GET /readyz", "GET /metrics");

    private final String page;

    ApiReferenceTest() throws IOException {
        page = Files.readString(Path.of("../docs/api.md"));
    }

    @Test
    void everyRouteHasASectionAndThereIsNoOther() {
        Set<String> routes = routesOfTheApps();
        List<String> headings = HEADING.matcher(page).results().flatMap(heading -> routesIn(heading.group(1))).toList();

        assertThat(routes).isNotEmpty();
        assertThat(headings).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyRouteThatThePageNamesExists() {
        assertThat(routesIn(page)).isSubsetOf(routesOfTheApps());
    }

    private static Stream<String> routesIn(String text) {
        return ROUTE.matcher(text).results().map(route -> route.group(1) + " " + nameless(route.group(2)));
    }

    private static Set<String> routesOfTheApps() {
        return Stream.concat(OF_EACH_APP.stream(),
                new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.sluice.order", "dev.sluice.notify", "dev.sluice.credit", "dev.sluice.reconcile").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(RequestMapping.class))
                        .flatMap(ApiReferenceTest::routes))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routes(JavaMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.reflect(), RequestMapping.class);
        assertThat(mapping).as(method.getFullName()).isNotNull();
        return Arrays.stream(mapping.method()).flatMap(verb -> Arrays.stream(mapping.path()).map(path -> verb + " " + nameless(path)));
    }

    /// Variables are called otherwise in Java.
    private static String nameless(String path) {
        return VARIABLE.matcher(path).replaceAll("{}");
    }
}
