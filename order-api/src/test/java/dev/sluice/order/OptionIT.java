package dev.sluice.order;

import java.math.BigDecimal;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Settings as operators set them, on a real Kafka, by an order API that was started without any.
@BesideOthers
class OptionIT {
    private static final long OPERATOR = 1_000_000;
    private static final String MASTER_KEY = "0123456789abcdef".repeat(4);
    private static final KeyPair APPLICATION = SimulatedProviders.rsa();
    private static final KeyPair ALIPAY = SimulatedProviders.rsa();

    private static RunningApi api;
    private static Client operator;
    private static WebTestClient http;

    @BeforeAll
    static void start() throws Exception {
        api = RunningApi.withMasterKey(MASTER_KEY);
        operator = api.withRole(OPERATOR, "admin");
        http = operator.http();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void onlyOperatorsSeeAndSet() {
        WebTestClient user = api.withRole(OPERATOR, "user").http();
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT)) {
            user.method(method).uri("/api/option").contentType(MediaType.APPLICATION_JSON).bodyValue("{}").exchange().expectStatus()
                    .isForbidden();
            api.anybody().method(method).uri("/api/option").contentType(MediaType.APPLICATION_JSON).bodyValue("{}").exchange()
                    .expectStatus().isUnauthorized();
        }
        user.post().uri("/api/option/doctor").exchange().expectStatus().isForbidden();
        user.get().uri("/api/option/audit").exchange().expectStatus().isForbidden();
    }

    @Test
    void whatIsSetIsLiveEverywhereAndAccountedFor() {
        try (LiveSettings elsewhere = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(),
                Keyring.ofMasterKey(MASTER_KEY))) {
            JsonNode set = put(Map.of("Price", 6.66, "AmountOptions", List.of(5, 50), "TopUpSubject", "额度"));

            assertThat(set.path("success").asBoolean()).as(set.toString()).isTrue();
            assertThat(changed(set)).containsExactly("AmountOptions", "Price", "TopUpSubject");
            assertThat(get("/api/option").path("Price").decimalValue()).isEqualByComparingTo("6.66");
            await().atMost(Duration.ofSeconds(5)).until(() -> elsewhere.current().decimal(SalesSettings.PRICE).toString().equals("6.66"));
        }
        JsonNode audit = get("/api/option/audit");
        assertThat(audit.path("changes").get(0).path("actor").asLong()).isEqualTo(OPERATOR);
        assertThat(audit.path("changes").get(0).path("edits").valueStream()
                .filter(edit -> edit.path("name").asString().equals("TopUpSubject")))
                .singleElement().satisfies(edit -> assertThat(edit.path("before").asString() + edit.path("after").asString())
                        .isEqualTo("AI服务充值额度"));
        assertThat(origin(audit, "TopUpSubject").path("source").asString()).isEqualTo("operator");
        assertThat(origin(audit, "TopUpSubject").path("changed_by").asLong()).isEqualTo(OPERATOR);
        assertThat(origin(audit, "WechatMinTopUp").path("source").asString()).isEqualTo("default");

        assertThat(put(Map.of("TopUpSubject", "额度")).path("data").path("changed")).as("the same again changes nothing").isEmpty();
        assertThat(put("{\"TopUpSubject\":null}").path("data").path("changed")).hasSize(1);
        assertThat(get("/api/option").path("TopUpSubject").asString()).isEqualTo("AI服务充值");
    }

    @Test
    void keysAreMaskedAndSealed() {
        String key = "8934e7d15453e97507ef794cf7b0519d";
        put("/api/option?unchecked=true",
                Map.of("WechatAppId", "wx2421b1c4370ec43b", "WechatMchId", "1900000109", "WechatApiV2Key", " \u200b" + key + "\n"));

        assertThat(get("/api/option").path("WechatApiV2Key").asString()).isEqualTo("••••519d");
        assertThat(get("/api/option").has("WechatApiV2KeyPrevious")).isFalse();
        assertThat(put(Map.of("WechatApiV2Key", "••••519d")).path("data").path("changed")).isEmpty();
        assertThat(changed(put("/api/option?unchecked=true", Map.of("WechatApiV2Key", key)))).as("it may be confirmed this time")
                .containsExactly("WechatApiV2Key");
        try (LiveSettings elsewhere = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(),
                Keyring.ofMasterKey(MASTER_KEY))) {
            assertThat(elsewhere.current().text(WechatSettings.API_V2_KEY)).as("without what was pasted along").contains(key);
        }
    }

    /// Also unchecked, and by whatever way a text could be read as another host. A sandbox of the provider gives play money.
    @Test
    void aGatewayIsTheProvidersOwnOverHttps() {
        for (String setting : List.of("WechatGatewayUrl", "WechatBackupGatewayUrl", "AlipayGatewayUrl")) {
            for (String evil : List.of("https://evil.example", "http://127.0.0.1:9", "http://169.254.169.254/latest", "http://10.0.0.1",
                    "http://api.mch.weixin.qq.com", "http://openapi.alipay.com/gateway.do", "https://api.mch.weixin.qq.com:8443",
                    "https://api.mch.weixin.qq.com.evil.example", "https://api.mch.weixin.qq.com.", "https://[::1]",
                    "https://openapi-sandbox.dl.alipaydev.com/gateway.do", "https://openapi.alipaydev.com/gateway.do",
                    "https://api.mch.weixin.qq.com/xdc/apiv2sandbox", "https://openapi.alipay.com/sandbox/gateway.do")) {
                JsonNode refused = put("/api/option?unchecked=true", Map.of(setting, evil));
                assertThat(refused.path("code").asString()).as(setting + " " + evil).isEqualTo("NOT_THE_PROVIDERS_HOST");
            }
        }
        for (String nonsense : List.of("//evil.example", "evil.example", "https://api.mch.weixin.qq.com@evil.example",
                "https://evil.example#@api.mch.weixin.qq.com",
                "https://api.mch.weixin.qq.com/x&out_trade_no=T", "https://api.mch.weixin.qq.com/?a=b")) {
            for (String setting : List.of("WechatGatewayUrl", "WechatBackupGatewayUrl", "AlipayGatewayUrl")) {
                JsonNode refused = put("/api/option?unchecked=true", Map.of(setting, nonsense));
                assertThat(refused.path("code").asString()).as(setting + " " + nonsense).isEqualTo("NOT_AN_ADDRESS");
                assertThat(refused.path("message").asString()).contains(setting);
            }
        }
        assertThat(changed(put("/api/option?unchecked=true", Map.of("WechatGatewayUrl", "HTTPS://API2.mch.weixin.qq.com"))))
                .containsExactly("WechatGatewayUrl");
        assertThat(get("/api/option").path("WechatGatewayUrl").asString()).isEqualTo("https://api2.mch.weixin.qq.com");
        assertThat(changed(put("/api/option?unchecked=true", "{\"WechatGatewayUrl\":null}"))).containsExactly("WechatGatewayUrl");
    }

    /// What a payer is asked to pay, and the address that WeChat Pay's key signs.
    @Test
    void nothingThatCouldBeReadAsAnotherFieldIsAnAddressOrASubject() {
        for (String address : List.of("https://pay.example.com/x&out_trade_no=T&result_code=SUCCESS", "https://pay.example.com/a=b",
                "https://pay.example.com/%26", "//pay.example.com", "https://pay.example.com/\n")) {
            assertThat(put("/api/option?unchecked=true", Map.of("ServerAddress", address)).path("success").asBoolean()).as(address)
                    .isEqualTo(address.endsWith("\n"));
        }
        for (String character : List.of("\ufffe", "\uffff", "\u0000", "\u0008", "\n", "\u007f", "\u0085")) {
            assertThat(code(Map.of("TopUpSubject", "AI" + character))).as("U+%04X", (int) character.charAt(0))
                    .isEqualTo("FORBIDDEN_CHARACTER");
            assertThat(code(Map.of("WechatAppId", "wx2421b1c4370ec43b" + character))).isEqualTo("FORBIDDEN_CHARACTER");
        }
        put("{\"ServerAddress\":null}");
    }

    /// At the best of all factors.
    @Test
    void quotaIsNotGivenAway() {
        assertThat(code(Map.of("Price", new BigDecimal("1e-20")))).isEqualTo("PRICE_TOO_LOW");
        assertThat(code(Map.of("Price", new BigDecimal("0.0009")))).isEqualTo("PRICE_TOO_LOW");
        assertThat(code(Map.of("QuotaPerUnit", 9_007_199_254_740_992L))).isEqualTo("TOO_MUCH_QUOTA");
        assertThat(code(Map.of("TopupGroupRatio", Map.of("vip", new BigDecimal("1e-15"))))).isEqualTo("TOO_MUCH_QUOTA");
        assertThat(code(Map.of("TopupGroupRatio", Map.of("vip", 0.01), "AmountDiscount", Map.of("10", 0.001)))).isEqualTo("TOO_MUCH_QUOTA");
        assertThat(changed(put(Map.of("Price", new BigDecimal("0.01"))))).as("trials with real money").containsExactly("Price");
        put("{\"Price\":null}");
    }

    /// Sold in quota, where amounts are largest.
    @Test
    void whateverIsSetNobodyIsAnsweredAnErrorAndItCanBeSetAgain() {
        put(Map.of("QuotaDisplayType", "TOKENS"));
        for (Setting setting : Setting.all()) {
            for (String value : List.of("null", "\"\"", "\" \"", "\"=\"", "\"\\ud800\"", "0", "-1", "1e-999999999", "9223372036854775807",
                    "\"" + "x".repeat(10_000) + "\"")) {
                String body = "{\"%s\":%s}".formatted(setting.label(), value);
                var answer = http.put().uri("/api/option?unchecked=true").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
                        .expectBody(String.class).returnResult();
                assertThat(answer.getStatus().is5xxServerError()).as(body).isFalse();
                if (String.valueOf(answer.getResponseBody()).contains("\"success\":true")) {
                    assertThat(operator.get("/api/user/topup/info").path("success").asBoolean()).as(body).isTrue();
                }
            }
        }
        try (LiveSettings fresh = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(),
                Keyring.ofMasterKey(MASTER_KEY))) {
            assertThat(SalesTerms.from(fresh.current(), PaymentChannels.installed(), new ProviderConnections(Map.of())).subject())
                    .isNotBlank();
        }

        String nothing = Setting.all().stream().map(setting -> "\"" + setting.label() + "\":null")
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(put("/api/option?unchecked=true", nothing).path("success").asBoolean()).isTrue();
    }

    @Test
    void whatCannotBeRightIsRefusedWholeWithAFaultForEach() {
        JsonNode before = get("/api/option");
        JsonNode refused = put(Map.of("Price", "free", "Prise", 1, "OrderExpireMinutes", 20, "AlipayPrivateKey", "••••abcd"));

        assertThat(refused.path("success").asBoolean()).isFalse();
        assertThat(refused.path("data").valueStream().map(fault -> fault.path("code").asString())).containsExactlyInAnyOrder(
                "NOT_A_NUMBER", "UNKNOWN", "MASKED");
        assertThat(refused.path("message").asString()).contains("Price").contains("Prise");
        assertThat(code(Map.of("OrderExpireMinutes", 5))).isEqualTo("OUT_OF_RANGE");
        assertThat(code(Map.of("TopUpSubject", "/="))).isEqualTo("SUBJECT_EMPTY");
        assertThat(code(Map.of("MerchantName", "陶".repeat(33)))).isEqualTo("NAME_LENGTH");
        assertThat(code(Map.of("MerchantAddress", "http://example.com"))).isEqualTo("NOT_HTTPS");
        assertThat(code(Map.of("WechatSignType", ""))).isEqualTo("NOT_A_CHOICE");
        assertThat(code(Map.of("WechatApiV2Key", " "))).isEqualTo("KEY_BLANK");
        assertThat(code(Map.of("WechatApiV2Key", "tooshort"))).isEqualTo("WECHAT_KEY_LENGTH");
        assertThat(code(Map.of("WechatApiV2KeyPrevious", "0".repeat(32)))).isEqualTo("KEPT_BY_ITSELF");
        assertThat(code(Map.of("AlipayPrivateKey", base64(APPLICATION.getPublic().getEncoded())))).isEqualTo("PRIVATE_KEY_IS_PUBLIC");
        assertThat(code(Map.of("AlipayPublicKey", base64(ALIPAY.getPrivate().getEncoded())))).isEqualTo("PUBLIC_KEY_IS_PRIVATE");
        assertThat(code(Map.of("AlipayPrivateKey", base64(APPLICATION.getPrivate().getEncoded()), "AlipayPublicKey",
                base64(APPLICATION.getPublic().getEncoded())))).isEqualTo("PUBLIC_KEY_IS_OWN");
        assertThat(code(Map.of("ServerAddress", "http://127.0.0.1:1"))).isEqualTo("NOTICES_NOT_CALLED");
        assertThat(get("/api/option")).isEqualTo(before);
    }

    /// It got there by a version that knew less, and something else has to be changed now.
    @Test
    void aFaultThatWasThereBeforeKeepsNobodyFromChangingSomethingElse() {
        OtherInstance.write(api, MASTER_KEY, Setting.ofLabel("AlipayAppId").orElseThrow(), "not-an-id");

        assertThat(put(Map.of("AlipayEnabled", false)).path("success").asBoolean()).isTrue();
        assertThat(code(Map.of("AlipayAppId", "not-an-id-either"))).isEqualTo("ALIPAY_APP_ID_MALFORMED");
        assertThat(put("{\"AlipayAppId\":null,\"AlipayEnabled\":null}").path("success").asBoolean()).isTrue();
    }

    @Test
    void saysItInTheOperatorsLanguage() {
        String english = http.put().uri("/api/option").header("Accept-Language", "en").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"Price\":\"free\"}").exchange().expectBody(String.class).returnResult().getResponseBody();

        assertThat(english).contains("setting Price must be a number above 0");
        assertThat(put(Map.of("Price", "free")).path("message").asString()).contains("须为大于 0 的数");
    }

    @Test
    void refusesWhatIsNoObjectOfNames() {
        for (String body : List.of("[]", "{", "\"x\"", "{\"Price\":1,\"Price\":2}")) {
            http.put().uri("/api/option").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus().isBadRequest();
        }
    }

    /// Of an operator elsewhere, or of a stranger: it is counted, and changes nothing.
    @Test
    void aChangeThatIsSignedByAnotherMasterKeyDoesNotCount() {
        put(Map.of("AlipayMinTopUp", 3));

        OtherInstance.write(api, "b".repeat(64), Setting.ofLabel("AlipayAppId").orElseThrow(), "9021000000000009");

        assertThat(readiness()).isEqualTo(200);
        assertThat(get("/api/option").has("AlipayAppId")).isFalse();
        String metrics = api.management().get().uri("/metrics").exchange().expectBody(String.class).returnResult().getResponseBody();
        assertThat(metrics).containsPattern("sluice_settings_refused_total\\{.*reason=\"WRONG_SIGNATURE\"[^}]*} [1-9]")
                .containsPattern("sluice_settings_changed_total\\{.*setting=\"AlipayMinTopUp\"[^}]*} [1-9]")
                .containsPattern("sluice_settings_number\\{[^}]*} [1-9]");
        put("{\"AlipayMinTopUp\":null}");
    }

    private static int readiness() {
        return api.management().get().uri("/readyz").exchange().expectBody().returnResult().getStatus().value();
    }

    private static List<String> changed(JsonNode answer) {
        return answer.path("data").path("changed").valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode origin(JsonNode audit, String name) {
        return audit.path("settings").valueStream().filter(setting -> setting.path("name").asString().equals(name)).findFirst()
                .orElseThrow();
    }

    private static String code(Map<String, ?> settings) {
        JsonNode refused = put(settings);
        assertThat(refused.path("success").asBoolean()).as(settings.keySet().toString()).isFalse();
        return refused.path("code").asString();
    }

    private static JsonNode put(Object settings) {
        return put("/api/option", settings);
    }

    private static JsonNode put(String path, Object settings) {
        var answer = http.put().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(settings).exchange();
        return Client.json(answer.expectStatus().isOk());
    }

    private static JsonNode get(String path) {
        return operator.get(path).path("data");
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
