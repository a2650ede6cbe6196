package dev.sluice.order;

import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.value.UserId;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.provider.alipay.account.AlipaySettings;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.SettingsChange;
import dev.sluice.setting.StoredSetting;
import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

/// Which replaced keys are believed, with simulated providers that confirm the genuine account only. The environment allows their host.
@BesideOthers
class KeyChangeIT {
    private static final String MASTER_KEY = "0123456789abcdef".repeat(4);
    private static final KeyPair MINE = SimulatedProviders.rsa();
    private static final String OWN_KEY = "e".repeat(32);

    private static SimulatedProviders providers;
    private static RunningApi api;
    private static Client admin;

    @BeforeAll
    static void start() throws Exception {
        providers = new SimulatedProviders();
        api = RunningApi.withMasterKey(MASTER_KEY, "127.0.0.1");
        admin = api.withRole(1_000_000, "admin");
    }

    @AfterAll
    static void stop() {
        api.close();
        providers.close();
    }

    /// The genuine account, confirmed by its providers, and no key before.
    @BeforeEach
    void genuine() {
        Map<String, Object> all = new HashMap<>(Map.of("WechatAppId", SimulatedProviders.WECHAT_APP_ID, "WechatMchId",
                SimulatedProviders.WECHAT_MCH_ID, "WechatApiV2Key", SimulatedProviders.WECHAT_KEY, "WechatSignType", "MD5",
                "AlipayAppId", SimulatedProviders.ALIPAY_APP_ID, "AlipaySellerId", SimulatedProviders.ALIPAY_SELLER_ID));
        all.put("WechatGatewayUrl", providers.url());
        all.put("AlipayGatewayUrl", providers.url() + "/gateway.do");
        all.put("AlipayPrivateKey", base64(providers.applicationsKeys().getPrivate()));
        all.put("AlipayPublicKey", base64(providers.alipaysKey()));
        assertThat(put("reason=leaked", all).path("success").asBoolean()).isTrue();
        assertThat(believedBefore(WechatSettings.API_V2_KEY)).isEmpty();
        assertThat(believedBefore(AlipaySettings.PUBLIC_KEY)).isEmpty();
    }

    /// With an operator's token: mine for a moment, then the genuine one again.
    @Test
    void anOwnKeyIsNeverBelievedAfterwards() {
        put("unchecked=true", Map.of("AlipayPublicKey", base64(MINE.getPublic()), "WechatApiV2Key", OWN_KEY));

        JsonNode back = put("", Map.of("AlipayPublicKey", base64(providers.alipaysKey()), "WechatApiV2Key", SimulatedProviders.WECHAT_KEY));

        assertThat(back.path("success").asBoolean()).as(back.toString()).isTrue();
        assertThat(believedBefore(AlipaySettings.PUBLIC_KEY)).as("not mine").contains(base64(providers.alipaysKey()));
        assertThat(believedBefore(WechatSettings.API_V2_KEY)).contains(SimulatedProviders.WECHAT_KEY);
    }

    @Test
    void anOwnKeyIsNotBelievedWhenItIsTakenAwayEither() {
        put("unchecked=true", Map.of("WechatApiV2Key", OWN_KEY));

        put("", "{\"WechatApiV2Key\":null}");

        assertThat(believedBefore(WechatSettings.API_V2_KEY)).contains(SimulatedProviders.WECHAT_KEY);
    }

    /// The provider confirmed it, of an account of mine.
    @Test
    void aKeyOfAnotherAccountIsNotBelievedForThisOne() {
        Setting key = WechatSettings.API_V2_KEY;
        var actor = new UserId("666");
        var mine = new StoredSetting(Optional.of(StringNode.valueOf(OWN_KEY)), actor, Instant.now(),
                "WechatAppId=wx6666666666666666 WechatMchId=1666666666");
        new SettingsChange(api.bean(LiveSettings.class), Keyring.ofMasterKey(MASTER_KEY), api.log()).append(actor, Instant.now(),
                Map.of(key, mine), List.of());

        assertThat(put("", Map.of("WechatApiV2Key", SimulatedProviders.WECHAT_KEY)).path("success").asBoolean()).isTrue();

        assertThat(believedBefore(key)).isEmpty();
    }

    /// The provider confirmed it, of an account of mine; it is replaced there by another, and then the genuine account is set again.
    @Test
    void aKeyBeforeDoesNotOutliveItsAccount() {
        Setting key = WechatSettings.API_V2_KEY;
        var actor = new UserId("666");
        Instant now = Instant.now();
        new SettingsChange(api.bean(LiveSettings.class), Keyring.ofMasterKey(MASTER_KEY), api.log()).append(actor, now, Map.of(
                Setting.ofLabel("WechatAppId").orElseThrow(),
                new StoredSetting(Optional.of(StringNode.valueOf("wx6666666666666666")), actor, now),
                Setting.ofLabel("WechatMchId").orElseThrow(), new StoredSetting(Optional.of(StringNode.valueOf("1666666666")), actor, now),
                key, new StoredSetting(Optional.of(StringNode.valueOf(OWN_KEY)), actor, now,
                        "WechatAppId=wx6666666666666666 WechatMchId=1666666666")),
                List.of());
        put("unchecked=true", Map.of("WechatApiV2Key", "f".repeat(32)));
        assertThat(believedBefore(key)).as("for that account").contains(OWN_KEY);

        JsonNode back = put("", Map.of("WechatAppId", SimulatedProviders.WECHAT_APP_ID, "WechatMchId", SimulatedProviders.WECHAT_MCH_ID,
                "WechatApiV2Key", SimulatedProviders.WECHAT_KEY));

        assertThat(back.path("success").asBoolean()).as(back.toString()).isTrue();
        assertThat(believedBefore(key)).isEmpty();
    }

    @Test
    void aConfirmedKeyThatIsRotatedIsBelievedForTwoDays() {
        put("unchecked=true&reason=rotate", Map.of("WechatApiV2Key", OWN_KEY));

        assertThat(shown().path("WechatApiV2KeyPrevious").asString()).isEqualTo("••••cdef");
        JsonNode origin = origin("WechatApiV2KeyPrevious");
        assertThat(Instant.parse(origin.path("honoured_until").asString())).isBetween(Instant.now().plus(Duration.ofHours(47)),
                Instant.now().plus(Duration.ofHours(48)));
        assertThat(origin("WechatApiV2Key").has("proven_by")).isFalse();

        // A form that was filled with what is shown sends all of it back.
        put("unchecked=true", Map.of("WechatApiV2KeyPrevious", "••••cdef", "WechatMinTopUp", 2));
        assertThat(believedBefore(WechatSettings.API_V2_KEY)).contains(SimulatedProviders.WECHAT_KEY);
        assertThat(origin("WechatApiV2KeyPrevious").path("honoured_until")).as("the same time").isEqualTo(origin.path("honoured_until"));

        put("", "{\"WechatApiV2KeyPrevious\":\"\",\"WechatMinTopUp\":null}");
        assertThat(believedBefore(WechatSettings.API_V2_KEY)).as("ended by hand").isEmpty();
    }

    @Test
    void aLeakedKeyIsBelievedNoLonger() {
        put("unchecked=true&reason=leaked", Map.of("WechatApiV2Key", OWN_KEY));

        assertThat(believedBefore(WechatSettings.API_V2_KEY)).isEmpty();
        assertThat(shown().has("WechatApiV2KeyPrevious")).isFalse();
        JsonNode edit = admin.get("/api/option/audit").at("/data/changes/0/edits/0");
        assertThat(edit.path("name").asString()).isEqualTo("WechatApiV2Key");
        assertThat(edit.path("reason").asString()).isEqualTo("leaked");
        assertThat(edit.has("before")).isFalse();
        assertThat(edit.has("after")).isFalse();
    }

    /// The one before the last may have leaked as well.
    @Test
    void aLeakedKeyTakesTheOneBeforeItAlong() {
        put("unchecked=true", Map.of("WechatApiV2Key", OWN_KEY));
        assertThat(believedBefore(WechatSettings.API_V2_KEY)).isPresent();

        put("unchecked=true&reason=leaked", Map.of("WechatApiV2Key", "f".repeat(32)));

        assertThat(believedBefore(WechatSettings.API_V2_KEY)).isEmpty();
    }

    @Test
    void aReasonThatIsNoneIsRefused() {
        admin.http().put().uri("/api/option?reason=whim").contentType(MediaType.APPLICATION_JSON).bodyValue("{}").exchange()
                .expectStatus().isBadRequest();
    }

    @Test
    void theAuditNamesTheAccountThatConfirmedAKey() {
        assertThat(origin("WechatApiV2Key").path("proven_by").asString())
                .isEqualTo("WechatAppId=wx0000000000000001 WechatMchId=1900000001");
        assertThat(origin("AlipayPublicKey").path("proven_by").asString()).contains("AlipaySellerId=2088000000000001");
        assertThat(origin("AlipayPrivateKey").has("proven_by")).as("it verifies nothing").isFalse();
    }

    /// As an app sees it that starts now.
    @Test
    void aKeyBeforeWhoseTimeIsOverIsNotShownAndGoesWithTheNextChange() {
        try (LiveSettings elsewhere = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(),
                Keyring.ofMasterKey(MASTER_KEY))) {
            OtherInstance.write(api, MASTER_KEY, AlipaySettings.PUBLIC_KEY.previous().orElseThrow(), base64(MINE.getPublic()));

            assertThat(shown().has("AlipayPublicKeyPrevious")).isFalse();
            JsonNode origin = origin("AlipayPublicKeyPrevious");
            assertThat(origin.path("source").asString()).isEqualTo("default");
            assertThat(origin.has("honoured_until")).isFalse();

            put("", Map.of("AlipayMinTopUp", 2));

            assertThat(elsewhere.catchUp(Duration.ofSeconds(10))).isTrue();
            assertThat(elsewhere.stored().get(AlipaySettings.PUBLIC_KEY.previous().orElseThrow()).value()).isEmpty();
        }
        put("", "{\"AlipayMinTopUp\":null}");
    }

    private static Optional<String> believedBefore(Setting key) {
        try (LiveSettings app = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(),
                Keyring.ofMasterKey(MASTER_KEY))) {
            return app.current().before(key).flatMap(before -> before.settings().text(key));
        }
    }

    private static JsonNode shown() {
        return admin.get("/api/option").path("data");
    }

    private static JsonNode origin(String name) {
        return admin.get("/api/option/audit").at("/data/settings").valueStream().filter(each -> each.path("name").asString().equals(name))
                .findFirst().orElseThrow();
    }

    private static JsonNode put(String query, Object settings) {
        return Client.json(admin.http().put().uri("/api/option?" + query).contentType(MediaType.APPLICATION_JSON).bodyValue(settings)
                .exchange().expectStatus().isOk());
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
