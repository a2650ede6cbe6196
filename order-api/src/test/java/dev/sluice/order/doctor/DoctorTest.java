package dev.sluice.order.doctor;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sluice.event.value.UserId;
import dev.sluice.order.SimulatedProviders;
import dev.sluice.order.doctor.CheckResult.Severity;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.alipay.account.AlipaySettings;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;

import static org.assertj.core.api.Assertions.assertThat;

/// A healthy installation, and every mistake in it seeded once: found, with its own code and remedy, and nothing else found with it.
class DoctorTest {
    private static final PublicAddress.Names PUBLIC = host -> new InetAddress[]{InetAddress.getByName("203.0.113.7")};
    private static final GatewayHosts THIS_MACHINE = new GatewayHosts(Set.of("127.0.0.1", "localhost"));
    /// No server of names has an opinion on a label this long.
    private static final String NO_NAME = "x".repeat(64) + ".invalid";
    private static final Optional<byte[]> KEY = Optional.of(SimulatedPublicAddress.PROBE_KEY);

    @TempDir
    private static Path folder;
    private static HealthyInstallation installation;
    private static SimulatedProviders providers;
    private static SimulatedPublicAddress face;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        installation = new HealthyInstallation(folder);
        providers = installation.providers;
        face = installation.face;
        http = installation.http;
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Settings settings(Map<String, Object> changes) {
        return installation.settings(changes);
    }

    @BeforeEach
    void healthyAgain() {
        face.mood = SimulatedPublicAddress.Mood.HEALTHY;
    }

    @Test
    void findsAHealthyInstallationHealthy() {
        List<CheckResult> rows = examine(Map.of());

        assertThat(rows).extracting(CheckResult::check).containsExactly("WECHAT_SETTINGS", "WECHAT_CLOCK", "WECHAT_ACCOUNT",
                "ALIPAY_SETTINGS",
                "ALIPAY_CLOCK", "ALIPAY_ACCOUNT", "SERVER_ADDRESS", "WECHAT_NOTICES", "ALIPAY_NOTICES");
        assertThat(rows).extracting(CheckResult::verdict).containsOnly(Severity.OK);
        assertThat(rows).extracting(CheckResult::code).contains("SETTINGS_COMPLETE", "CLOCK_RIGHT", "ACCOUNT_ACCEPTED", "ADDRESS_PUBLIC",
                "NOTICES_ARRIVE");
    }

    /// A changed setting (a text; empty for none), and what is found where; what follows from it is skipped.
    static Stream<Arguments> wrongSettings() throws Exception {
        var another = SimulatedProviders.rsa();
        byte[] pkcs8 = another.getPrivate().getEncoded();
        return Stream.of(
                Arguments.of("WechatApiV2Key", SimulatedProviders.WECHAT_KEY.replace('f', 'e'), "WECHAT_ACCOUNT",
                        "WECHAT_SIGNATURE_REFUSED"),
                Arguments.of("WechatApiV2Key", SimulatedProviders.WECHAT_KEY.substring(1), "WECHAT_SETTINGS", "WECHAT_KEY_LENGTH"),
                Arguments.of("WechatApiV2Key", "", "WECHAT_SETTINGS", "SETTINGS_MISSING"),
                Arguments.of("WechatMchId", "1900000002", "WECHAT_ACCOUNT", "WECHAT_ACCOUNT_REFUSED"),
                Arguments.of("WechatSignType", "HMAC-SHA256", "WECHAT_ACCOUNT", "WECHAT_SIGNATURE_REFUSED"),
                Arguments.of("AlipayPrivateKey", HealthyInstallation.base64(another.getPrivate()), "ALIPAY_ACCOUNT",
                        "ALIPAY_SIGNATURE_REFUSED"),
                Arguments.of("AlipayPrivateKey", Base64.getEncoder().encodeToString(Arrays.copyOfRange(pkcs8, 26, pkcs8.length)),
                        "ALIPAY_SETTINGS", "PRIVATE_KEY_PKCS1"),
                Arguments.of("AlipayPublicKey", HealthyInstallation.base64(another.getPublic()), "ALIPAY_ACCOUNT",
                        "ALIPAY_ANSWER_NOT_VERIFIED"),
                Arguments.of("AlipayPublicKey", "own", "ALIPAY_SETTINGS", "PUBLIC_KEY_IS_OWN"),
                Arguments.of("AlipayAppId", "9021000000000002", "ALIPAY_ACCOUNT", "ALIPAY_ACCOUNT_REFUSED"),
                Arguments.of("ServerAddress", "", "SERVER_ADDRESS", "ADDRESS_MISSING"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void findsAWrongSetting(String name, String value, String check, String code) {
        String given = value.equals("own") ? HealthyInstallation.base64(providers.applicationsKeys().getPublic()) : value;

        assertFound(examine(Map.of(name, given)), check, Severity.FAILED, code);
    }

    @Test
    void findsAMethodThatIsSwitchedOffOrNotSetUp() {
        assertFound(examine(Map.of("AlipayEnabled", false)), "ALIPAY_SETTINGS", Severity.WARNING, "SWITCHED_OFF");
        List<CheckResult> none = examine(Map.of("WechatAppId", "", "WechatMchId", "", "WechatApiV2Key", ""));
        assertThat(none).filteredOn(row -> row.verdict() != Severity.OK).hasSize(3)
                .allSatisfy(row -> assertThat(row.code()).isEqualTo("NOT_SET_UP"))
                .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Severity.SKIPPED));
    }

    @ParameterizedTest
    @CsvSource({"120,WARNING,CLOCK_ASKEW", "-120,WARNING,CLOCK_ASKEW", "7,WARNING,CLOCK_ASKEW", "-7,WARNING,CLOCK_ASKEW",
            "600,FAILED,CLOCK_WRONG", "-600,FAILED,CLOCK_WRONG"})
    void findsAClockThatIsWrong(long seconds, Severity verdict, String code) {
        List<CheckResult> rows = examine(doctor(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)), PUBLIC), settings(Map.of()),
                KEY);

        assertThat(rows).filteredOn(row -> row.verdict() != Severity.OK).extracting(CheckResult::check).containsExactly("WECHAT_CLOCK",
                "ALIPAY_CLOCK");
        assertThat(row(rows, "ALIPAY_CLOCK")).satisfies(row -> {
            assertThat(row.verdict()).isEqualTo(verdict);
            assertThat(row.code()).isEqualTo(code);
        });
    }

    @Test
    void tellsApartWhyAProviderIsSilent() throws Exception {
        String nobody = "http://127.0.0.1:" + freePort();

        List<CheckResult> rows = examine(Map.of("WechatGatewayUrl", nobody, "AlipayGatewayUrl", "http://" + NO_NAME + "/gateway.do"));

        assertThat(row(rows, "WECHAT_ACCOUNT").code()).isEqualTo("PROVIDER_CONNECTION_REFUSED");
        assertThat(row(rows, "ALIPAY_ACCOUNT").code()).isEqualTo("PROVIDER_UNKNOWN_HOST");
        assertThat(row(rows, "ALIPAY_CLOCK")).satisfies(row -> assertThat(row.verdict()).isEqualTo(Severity.SKIPPED));
    }

    @ParameterizedTest
    @CsvSource({"ALTERING,NOTICES_ALTERED", "OTHER_KEY,NOTICES_ALTERED", "REDIRECTING,NOTICES_REDIRECTED", "NOT_ROUTING,NOTICES_NOT_ROUTED",
            "HOME_PAGE,NOTICES_SOMEBODY_ELSE", "LOGIN,NOTICES_BLOCKED", "GATEWAY_AWAY,NOTICES_GATEWAY_AWAY", "HANGING,NOTICES_TIME_OUT"})
    void findsWhatHappensToNoticesOnTheirWay(SimulatedPublicAddress.Mood mood, String code) {
        face.mood = mood;
        Instant begun = Instant.now();

        List<CheckResult> rows = examine(Map.of());

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(rows).filteredOn(row -> row.verdict() != Severity.OK).hasSize(2).allSatisfy(row -> {
            assertThat(row.check()).isIn("WECHAT_NOTICES", "ALIPAY_NOTICES");
            assertThat(row.verdict()).isEqualTo(Severity.FAILED);
            assertThat(row.code()).isEqualTo(code);
        });
        if (mood == SimulatedPublicAddress.Mood.REDIRECTING) {
            assertThat(row(rows, "WECHAT_NOTICES").cause()).contains("https://www.example.com/login");
        }
    }

    @Test
    void tellsApartWhyThePublicAddressIsSilent() throws Exception {
        assertThat(notices(examine(Map.of("ServerAddress", "https://localhost:" + freePort())))).containsOnly("NOTICES_REFUSED");
        assertThat(notices(examine(Map.of("ServerAddress", "https://pay.invalid")))).containsOnly("NOTICES_UNKNOWN_HOST");
        try (var strict = Doctor.of(PaymentChannels.installed(), Clock.systemUTC(), THIS_MACHINE)) {
            assertThat(notices(strict.examine(settings(Map.of()), request(KEY)))).as("a certificate of nobody's")
                    .containsOnly("NOTICES_TLS");
        }
    }

    @Test
    void warnsOfAnAddressThatIsOnlyGoodToTryThingsOut() {
        assertFound(examine(Map.of("ServerAddress", face.http())), "SERVER_ADDRESS", Severity.WARNING, "ADDRESS_NOT_HTTPS");
        var real = doctor(Clock.systemUTC(), InetAddress::getAllByName);
        assertFound(examine(real, settings(Map.of()), KEY), "SERVER_ADDRESS", Severity.WARNING, "ADDRESS_PRIVATE");
        assertThat(row(examine(real, settings(Map.of("ServerAddress", "https://" + NO_NAME)), KEY), "SERVER_ADDRESS").code())
                .isEqualTo("ADDRESS_UNKNOWN_HOST");
    }

    @Test
    void withoutAMasterKeyItOnlyKnocks() {
        assertThat(notices(examine(doctor(Clock.systemUTC(), PUBLIC), settings(Map.of()), Optional.empty())))
                .containsOnly("NOTICES_UNPROVEN");

        face.mood = SimulatedPublicAddress.Mood.NOT_ROUTING;

        assertThat(notices(examine(doctor(Clock.systemUTC(), PUBLIC), settings(Map.of()), Optional.empty())))
                .containsOnly("NOTICES_NOT_ROUTED");
    }

    @Test
    void examinesOfAChangeOnlyWhatItIsAbout() {
        var doctor = doctor(Clock.systemUTC(), PUBLIC);

        assertThat(changed(doctor, WechatSettings.API_V2_KEY)).containsExactly("WECHAT_ACCOUNT");
        assertThat(changed(doctor, AlipaySettings.PUBLIC_KEY, SalesSettings.PRICE)).containsExactly("ALIPAY_ACCOUNT");
        assertThat(changed(doctor, SalesSettings.SERVER_ADDRESS)).containsExactly("SERVER_ADDRESS", "WECHAT_NOTICES",
                "ALIPAY_NOTICES");
        assertThat(changed(doctor, SalesSettings.PRICE, SalesSettings.TOP_UP_SUBJECT)).isEmpty();
        assertThat(doctor.examineChange(Set.of(), settings(Map.of()), request(KEY))).isEmpty();
    }

    private static List<String> changed(Doctor doctor, Setting... settings) {
        return doctor.examineChange(Set.of(settings), settings(Map.of()), request(KEY)).stream().map(CheckResult::check).toList();
    }

    /// Nothing else is, and skipped is only what cannot be looked at before it is mended.
    private static void assertFound(List<CheckResult> rows, String check, Severity verdict, String code) {
        assertThat(row(rows, check)).satisfies(row -> {
            assertThat(row.code()).isEqualTo(code);
            assertThat(row.verdict()).isEqualTo(verdict);
            assertThat(row.remedy()).isNotBlank();
        });
        assertThat(rows).filteredOn(row -> !row.check().equals(check) && row.verdict() != Severity.OK).allSatisfy(row -> {
            assertThat(row.verdict()).isEqualTo(Severity.SKIPPED);
            assertThat(follows(row.check(), check)).as(row.toString()).isTrue();
        });
    }

    private static boolean follows(String skipped, String from) {
        return switch (skipped) {
            case "WECHAT_ACCOUNT" -> from.equals("WECHAT_SETTINGS");
            case "ALIPAY_ACCOUNT" -> from.equals("ALIPAY_SETTINGS");
            case "WECHAT_NOTICES", "ALIPAY_NOTICES" -> from.equals("SERVER_ADDRESS");
            default -> false;
        };
    }

    private static CheckResult row(List<CheckResult> rows, String check) {
        return rows.stream().filter(row -> row.check().equals(check)).findFirst().orElseThrow();
    }

    private static List<String> notices(List<CheckResult> rows) {
        return List.of(row(rows, "WECHAT_NOTICES").code(), row(rows, "ALIPAY_NOTICES").code());
    }

    private static Doctor doctor(Clock clock, PublicAddress.Names names) {
        return new Doctor(PaymentChannels.installed(), clock, http, new PublicAddress(http, names, THIS_MACHINE));
    }

    private static Doctor.Request request(Optional<byte[]> probeKey) {
        return new Doctor.Request(new UserId("1000000"), Locale.CHINESE, probeKey);
    }

    private static List<CheckResult> examine(Map<String, Object> changes) {
        return examine(doctor(Clock.systemUTC(), PUBLIC), settings(changes), KEY);
    }

    /// In Chinese; and whatever is found, nothing of a key is in it.
    private static List<CheckResult> examine(Doctor doctor, Settings settings, Optional<byte[]> probeKey) {
        List<CheckResult> rows = doctor.examine(settings, request(probeKey));
        Stream<String> secrets = Stream
                .of(WechatSettings.API_V2_KEY, Setting.ofLabel("AlipayPrivateKey").orElseThrow(), AlipaySettings.PUBLIC_KEY)
                .flatMap(setting -> settings.text(setting).stream());
        Stream<String> probeKeys = Stream.of(new String(SimulatedPublicAddress.PROBE_KEY, StandardCharsets.US_ASCII),
                HexFormat.of().formatHex(SimulatedPublicAddress.PROBE_KEY));
        Stream.concat(secrets, probeKeys).forEach(secret -> assertThat(rows.toString()).doesNotContain(secret.substring(0, 16)));
        assertThat(rows).filteredOn(row -> row.verdict() == Severity.FAILED || row.verdict() == Severity.WARNING)
                .allSatisfy(row -> assertThat(row.remedy()).isNotBlank());
        return rows;
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
