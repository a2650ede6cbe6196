package dev.sluice.standalone;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Assertions;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.provider.PaymentChannel;
import dev.sluice.setting.Settings;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/// The modules and their dependencies, as docs/architecture.md lists them.
@AnalyzeClasses(packages = "dev.sluice", importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoFixtures.class})
class ArchitectureTest {
    /// What modules have for the tests of others.
    static final class NoFixtures implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("dev.sluice..");
    private static final String EVENTS = "dev.sluice.event..";
    private static final String LOG = "dev.sluice.log..";
    private static final String EDGE = "dev.sluice.edge..";
    private static final String SETTINGS = "dev.sluice.setting..";
    private static final String TEXT = "dev.sluice.text..";
    private static final String PROVIDERS = "dev.sluice.provider..";
    private static final int MOST_TYPES = 15;

    private static ArchRule room(String name, String... mayUse) {
        String own = "dev.sluice." + name + "..";
        var allowed = resideInAnyPackage(mayUse).or(resideInAPackage(own)).or(DescribedPredicate.not(OURS));
        return classes().that().resideInAPackage(own).should().onlyDependOnClassesThat(allowed)
                .because("of the dependencies between the modules");
    }

    @ArchTest
    static final ArchRule EVENTS_USE_NOTHING_OF_OURS = room("event");
    @ArchTest
    static final ArchRule SETTINGS_ARE_READ_FROM_THE_LOG = room("setting", EVENTS, LOG, TEXT);
    @ArchTest
    static final ArchRule TEXTS_USE_NOTHING_OF_OURS = room("text");
    @ArchTest
    static final ArchRule THE_LOG_KNOWS_ONLY_THE_FACTS = room("log", EVENTS);
    @ArchTest
    static final ArchRule THE_EDGE_USES_NOTHING_OF_OURS = room("edge");
    @ArchTest
    static final ArchRule PROVIDERS_USE_WHAT_IS_SAID = room("provider", EVENTS, SETTINGS, TEXT);
    @ArchTest
    static final ArchRule ORDER_API = room("order", EVENTS, LOG, SETTINGS, TEXT, EDGE, PROVIDERS);
    @ArchTest
    static final ArchRule NOTIFY_GATEWAY = room("notify", EVENTS, LOG, SETTINGS, EDGE, PROVIDERS);
    @ArchTest
    static final ArchRule RECONCILER = room("reconcile", EVENTS, LOG, SETTINGS, EDGE, PROVIDERS);
    @ArchTest
    static final ArchRule RECHARGE_WORKER_NEVER_SEES_PROVIDERS = room("credit", EVENTS, LOG, EDGE);
    @ArchTest
    static final ArchRule SANDBOX_SEES_NOTHING_OF_OURS = room("sandbox");

    /// The gateway's callers sign what they send. An app without a security chain answers callers nothing.
    @ArchTest
    static final ArchRule CONTROLLERS_ARE_IN_APPS_THAT_KNOW_THEIR_CALLERS = classes().that().areAnnotatedWith(RestController.class).should()
            .resideInAnyPackage("dev.sluice.order..", "dev.sluice.notify..", "dev.sluice.reconcile..", "dev.sluice.credit..",
                    "dev.sluice.sandbox..");

    @ArchTest
    static final ArchRule NO_PACKAGES_USE_EACH_OTHER = slices().assignedFrom(new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_WORKER_CANNOT_CALL_OUT = noClasses()
            .that()
            .resideInAPackage("dev.sluice.credit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.springframework.web.client..", "org.springframework.web.reactive.function.client..",
                    "com.alipay..");

    @ArchTest
    static final ArchRule THE_GATEWAY_HAS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("dev.sluice.notify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.springframework.data..");

    /// It has no key to sign with either, but what is never called cannot begin to.
    @ArchTest
    static final ArchRule THE_GATEWAY_NEVER_SPEAKS_TO_A_PROVIDER = noClasses()
            .that()
            .resideInAPackage("dev.sluice.notify..")
            .should()
            .callMethod(PaymentChannel.class, "speaking", Settings.class)
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameContaining("ProviderConnection");

    /// Each provider lives in `dev.sluice.provider.NAME`; what all of them share is in the packages beside.
    @ArchTest
    static final ArchRule ONE_PROVIDER_DOES_NOT_KNOW_THE_OTHER = slices().matching("dev.sluice.provider.(*)..").should()
            .notDependOnEachOther().ignoreDependency(alwaysTrue(), resideInAnyPackage("dev.sluice.provider.payment..",
                    "dev.sluice.provider.refund..", "dev.sluice.provider.notification..", "dev.sluice.provider.bill..",
                    "dev.sluice.provider.wire..", "dev.sluice.provider.call.."));

    /// A provider is known by its directory object alone.
    @ArchTest
    static final ArchRule A_PROVIDER_IS_A_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.provider.wechat..", "dev.sluice.provider.alipay..");

    @ArchTest
    static final ArchRule THE_ALIPAY_SDK_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.provider.alipay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.alipay..");

    @ArchTest
    static final ArchRule OLD_TESTCONTAINERS_ARE_NOT_USED = noClasses().should().dependOnClassesThat()
            .resideInAPackage("org.testcontainers.containers..");

    @ArchTest
    static final ArchRule NO_FLOATING_POINT_FOR_MONEY = fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EVENTS, SETTINGS, PROVIDERS, "dev.sluice.order..", "dev.sluice.credit..", "dev.sluice.notify..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class);

    @ArchTest
    static final ArchRule NO_STATIC_STATE = fields().that().areStatic().and().doNotHaveName("$assertionsDisabled").should().beFinal();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .should()
            .haveNameMatching(".*\\.(Default|Base|Abstract)[A-Z]\\w*|.*(Impl|Manager|Helper|Utils?)")
            .because("such names say nothing");

    @ArchTest
    static final ArchRule NO_JAVA_UTIL_LOGGING = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /// Package-private means little in a package of fifty.
    @ArchTest
    static void noPackageIsLarge(JavaClasses all) {
        Map<String, Long> large = topLevel(all)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        large.entrySet().removeIf(size -> size.getValue() <= MOST_TYPES);
        Assertions.assertTrue(large.isEmpty(), "packages of more than " + MOST_TYPES + " types: " + large);
    }

    private static Stream<JavaClass> topLevel(JavaClasses all) {
        return all.stream().filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    /// Package-private by default: a room has a door, and most of it is behind the door.
    @ArchTest
    static void mostOfEachAppIsHidden(JavaClasses all) {
        for (String app : Set.of("order", "notify", "credit", "reconcile", "sandbox", "standalone")) {
            var types = topLevel(all).filter(type -> type.getPackageName().startsWith("dev.sluice." + app)).toList();
            long hidden = types.stream().filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)).count();
            Assertions.assertTrue(hidden * 10 >= types.size() * 4L,
                    app + " hides " + hidden + " of " + types.size() + " types, at least 40 % are wanted");
        }
    }
}
