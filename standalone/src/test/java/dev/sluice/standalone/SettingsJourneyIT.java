package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.ProviderSandbox;
import dev.sluice.standalone.embedded.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/// A stack that was started without any settings, and an operator who sets it up while it runs. The providers are somewhere else.
class SettingsJourneyIT {
    private static final String SECRET = "the-secret-of-the-product-that-sells-quota";
    private static final String MASTER_KEY = "5ea1".repeat(16);
    private static final long UNIT = 500_000;

    @TempDir
    private Path folder;

    @Test
    void keysThatAreSetMakeAPaymentWorkWithoutARestart() throws Exception {
        Demo elsewhere = Demo.open(folder.resolve("elsewhere"));
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        elsewhere.sandboxProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        int port = FreePort.find();
        Path data = folder.resolve("data");
        Path log = folder.resolve("sluice.log");
        Map<String, String> environment = Map.of("SLUICE_PORT", Integer.toString(port), "SLUICE_DATA", data.toString(),
                "SLUICE_JWT_SECRET", SECRET, "SLUICE_MASTER_KEY", MASTER_KEY, "SLUICE_GATEWAY_HOSTS", "127.0.0.1");
        SecretLeaks left;
        var providersClock = new MovableClock(Duration.ZERO);
        SpringApplication sandbox = ProviderSandbox.application();
        sandbox.addInitializers(context -> ((GenericApplicationContext) context).registerBean("providersClock", Clock.class,
                () -> providersClock, definition -> definition.setPrimary(true)));
        try (var simulator = sandbox.run(arguments.toArray(String[]::new));
                Running sluice = Running.start(List.of("-cp", System.getProperty("java.class.path"), Standalone.class.getName()),
                        environment, log, port)) {
            String providers = "http://127.0.0.1:" + simulator.getEnvironment().getProperty("local.server.port");
            Shopper operator = Shopper.operator(sluice, SECRET);
            Shopper shopper = Shopper.of(sluice, 7, SECRET);
            nothingIsOfferedYet(shopper);

            JsonNode set = operator.set(settings(elsewhere, port, providers));

            assertThat(set.path("success").asBoolean()).as(set.toString()).isTrue();
            isMaskedAndAccountedFor(operator);
            theDoctorFindsNothing(operator);
            pays(shopper, providers, "wechat", 1);
            pays(shopper, providers, "alipay", 2);
            aMethodThatIsSwitchedOffStillCreditsWhatIsPaid(operator, Shopper.of(sluice, 8, SECRET), providers);
            whatCannotWorkIsRefusedAndChangesNothing(operator);
            anyTextIsASubjectOfBothProviders(operator, sluice, providers);
            theShortestExpiryIsTakenByAProviderWhoseClockIsFiveSecondsAhead(operator, sluice, providersClock);
            left = new SecretLeaks(secrets()).answers(sluice.answers);
        }
        left.logs(log).topics(data.resolve("kafka")).tables(data.resolve("postgres")).holdsNoSecret();
        assertThat(left.looked()).isGreaterThan(50);
    }

    private static void nothingIsOfferedYet(Shopper shopper) {
        assertThat(shopper.info().path("enable_wechat_topup").asBoolean()).isFalse();
        JsonNode refused = shopper.sluice().postJson("/api/user/wechat/pay", shopper.token(),
                Map.of("amount", 10, "payment_method", "wechat"));
        assertThat(refused.path("code").asString()).isEqualTo("METHOD_NOT_OFFERED");
    }

    private static Map<String, Object> settings(Demo elsewhere, int port, String providers) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        JsonMapper.shared().readTree(Files.readString(elsewhere.writeSettings("http://127.0.0.1:" + port, providers))).properties()
                .forEach(each -> all.put(each.getKey(), each.getValue()));
        return all;
    }

    private static void isMaskedAndAccountedFor(Shopper operator) {
        JsonNode shown = operator.options();
        assertThat(shown.path("WechatMchId").asString()).isEqualTo(Demo.WECHAT_MCH_ID);
        assertThat(shown.path("WechatApiV2Key").asString()).matches("••••[0-9a-f]{4}");
        assertThat(shown.path("AlipayPrivateKey").asString()).startsWith("••••").hasSize(8);
        JsonNode audit = operator.sluice().getJson("/api/option/audit", operator.token()).path("data");
        assertThat(audit.path("changes").get(0).path("actor").asLong()).isEqualTo(1_000_000);
        assertThat(audit.path("changes").get(0).path("settings").valueStream().map(JsonNode::asString)).contains("WechatApiV2Key");

        JsonNode again = operator.set(Map.of("WechatApiV2Key", shown.path("WechatApiV2Key").asString(), "WechatMinTopUp", 1));

        assertThat(again.path("data").path("changed")).as("a form that sends back what it was shown changes nothing").isEmpty();
    }

    /// Through the one public port, as the providers come: the probes have to find the gateway, which has only the verifying key.
    private static void theDoctorFindsNothing(Shopper operator) {
        JsonNode table = operator.sluice().postJson("/api/option/doctor", operator.token(), Map.of()).path("data");
        Map<String, String> verdicts = new TreeMap<>();
        table.forEach(
                row -> verdicts.put(row.path("check").asString(), row.path("verdict").asString() + " " + row.path("code").asString()));

        assertThat(verdicts).containsEntry("WECHAT_ACCOUNT", "OK ACCOUNT_ACCEPTED").containsEntry("ALIPAY_ACCOUNT", "OK ACCOUNT_ACCEPTED")
                .containsEntry("WECHAT_NOTICES", "OK NOTICES_ARRIVE").containsEntry("ALIPAY_NOTICES", "OK NOTICES_ARRIVE")
                .containsEntry("WECHAT_CLOCK", "OK CLOCK_RIGHT").containsEntry("SERVER_ADDRESS", "WARNING ADDRESS_PRIVATE");
        assertThat(verdicts.values()).noneMatch(verdict -> verdict.startsWith("FAILED"));
    }

    private static void pays(Shopper shopper, String providers, String method, long times) throws Exception {
        JsonNode order = shopper.order(method, 10, method);
        payAt(providers, order);
        shopper.awaitStatus(order.path("order_id").asString(), "CREDITED");
        assertThat(shopper.quota()).isEqualTo(times * 10 * UNIT);
    }

    private static void aMethodThatIsSwitchedOffStillCreditsWhatIsPaid(Shopper operator, Shopper shopper, String providers)
            throws Exception {
        for (String method : List.of("wechat", "alipay")) {
            JsonNode order = shopper.order(method, 10, method);
            String flag = method.equals("wechat") ? "WechatEnabled" : "AlipayEnabled";
            assertThat(operator.set(Map.of(flag, false)).path("success").asBoolean()).isTrue();
            JsonNode refused = operator.sluice().postJson("/api/user/" + method + "/pay", shopper.token(),
                    Map.of("amount", 10, "payment_method", method));
            assertThat(refused.path("code").asString()).endsWith("_NOT_OFFERED");
            assertThat(shopper.order(method, 10, method).path("order_id")).as("asked for again it is still there")
                    .isEqualTo(order.path("order_id"));

            payAt(providers, order);

            shopper.awaitStatus(order.path("order_id").asString(), "CREDITED");
            assertThat(operator.set(Map.of(flag, true)).path("success").asBoolean()).isTrue();
        }
    }

    private static void whatCannotWorkIsRefusedAndChangesNothing(Shopper operator) {
        JsonNode before = operator.options();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("Price", "free"), Map.of("WechatApiV2Key", "short"),
                Map.of("Prise", 1), Map.of("WechatApiV2Key", "0".repeat(32)), Map.of("ServerAddress", "http://127.0.0.1:1"),
                Map.of("OrderExpireMinutes", 1, "Price", 9), Map.of("WechatApiV2KeyPrevious", "0".repeat(32)))) {
            JsonNode refused = operator.set(wrong);

            assertThat(refused.path("success").asBoolean()).as(wrong.toString()).isFalse();
            assertThat(refused.path("message").asString()).as(wrong.toString()).isNotBlank();
            assertThat(refused.path("code").asString()).as(wrong.toString()).isNotBlank();
        }
        assertThat(operator.options()).isEqualTo(before);
    }

    /// As set, and as the payer reads it: without what providers refuse, and with at most 127 bytes of whole characters. The sandbox counts
    /// the bytes, and verifies the signature over them.
    private static void anyTextIsASubjectOfBothProviders(Shopper operator, Running sluice, String providers) throws Exception {
        Map<String, String> subjects = new LinkedHashMap<>();
        for (String same : List.of("AI服务充值", "<b>\"quoted\" 'text'<br>", "]]>", "<![CDATA[x]]>", "100% %26 %3D + %2B",
                "{\"a\":\"b\"}", "back\\slash \\u4e2d", "e\u0301 combined", "שלום مرحبا", "x\u00a0y", "\ufffd \ue000", "家庭 👨‍👩‍👧 👍🏽",
                "充".repeat(42) + "a")) {
            subjects.put(same, same);
        }
        subjects.put("a/b=c&d &amp; &lt;", "abcd amp; lt;");
        subjects.put("  blanks at both ends ", "blanks at both ends");
        subjects.put("充".repeat(100), "充".repeat(42));
        subjects.put("x" + "😀".repeat(100), "x" + "😀".repeat(31));
        long user = 100;
        for (var subject : subjects.entrySet()) {
            JsonNode set = operator.set(Map.of("TopUpSubject", subject.getKey()));
            assertThat(set.path("success").asBoolean()).as(set.toString()).isTrue();
            for (String method : List.of("wechat", "alipay")) {
                JsonNode order = Shopper.of(sluice, user++, SECRET).order(method, 10, "subject");
                assertThat(wallet(providers, "open", order).path("subject").asString()).as(method).isEqualTo(subject.getValue());
            }
        }
        assertThat(operator.set(Map.of("TopUpSubject", "AI服务充值")).path("success").asBoolean()).isTrue();
    }

    /// WeChat Pay refuses what expires in less than five minutes by its own clock. The last order shows that the sandbox does.
    private static void theShortestExpiryIsTakenByAProviderWhoseClockIsFiveSecondsAhead(Shopper operator, Running sluice,
            MovableClock providersClock) {
        assertThat(operator.set(Map.of("OrderExpireMinutes", 6)).path("success").asBoolean()).isTrue();
        providersClock.forward(Duration.ofSeconds(5));
        for (String method : List.of("wechat", "alipay")) {
            assertThat(Shopper.of(sluice, 200, SECRET).order(method, 10, method).path("pay_url").asString()).isNotBlank();
        }

        providersClock.forward(Duration.ofSeconds(58));
        Shopper shopper = Shopper.of(sluice, 201, SECRET);
        JsonNode refused = sluice.postJson("/api/user/wechat/pay", shopper.token(), Map.of("amount", 10, "payment_method", "wechat"));
        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_REFUSED");
        String number = sluice.getJson("/api/user/topup/self", shopper.token()).at("/data/items/0/order_id").asString();
        operator.awaitTimeline(number, "ProviderAnswer REFUSED PARAM_ERROR time_expire时间过短，刷卡至少1分钟，其他5分钟");
    }

    /// All that must not be found anywhere.
    private Map<String, String> secrets() throws IOException {
        Properties keys = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("elsewhere/demo/keys.properties"))) {
            keys.load(in);
        }
        return Map.of("WechatApiV2Key", keys.getProperty("wechat-api-key"), "AlipayPrivateKey", keys.getProperty("application-private-key"),
                "SLUICE_JWT_SECRET", SECRET, "SLUICE_MASTER_KEY", MASTER_KEY);
    }

    private static void payAt(String providers, JsonNode order) throws Exception {
        assertThat(wallet(providers, "pay", order).path("transaction_id").asString()).isNotEmpty();
    }

    /// What the payer's phone is answered when it opens or pays the code.
    private static JsonNode wallet(String providers, String act, JsonNode order) throws Exception {
        String body = JsonMapper.shared().writeValueAsString(Map.of("code", order.path("pay_url").asString()));
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(providers + "/wallet/api/" + act))
                .header("Content-Type", "application/json").POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)).build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var answer = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }
    }
}
