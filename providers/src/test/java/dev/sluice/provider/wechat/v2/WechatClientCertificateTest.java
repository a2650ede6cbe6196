package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.wechat.account.TestCertificates;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class WechatClientCertificateTest {
    private static final String MCH_ID = "10000100";

    @TempDir
    private static Path folder;

    @Test
    void takesTheFileOfTheMerchant() {
        String file = TestCertificates.base64(TestCertificates.file(folder, MCH_ID, MCH_ID));

        assertThat(faults(file)).isEmpty();
        assertThat(faults(file.replaceAll("(.{76})", "$1\n"))).as("as base64 writes it").isEmpty();
        assertThat(WechatMerchant.from(settings(file)).orElseThrow().certificate()).isPresent();
        assertThat(faults(TestCertificates.base64(TestCertificates.file(folder, "上海某某有限公司", MCH_ID))))
                .as("an old certificate names the merchant by its name").isEmpty();
    }

    @Test
    void recognisesWhatWasEnteredInstead() {
        byte[] other = TestCertificates.file(folder, "20000200", "20000200");

        assertThat(fault("-----BEGIN CERTIFICATE-----\nMIIEvQ==")).isEqualTo("WECHAT_CERTIFICATE_PEM");
        assertThat(fault("apiclient_cert.p12")).isEqualTo("WECHAT_CERTIFICATE_NOT_BASE64");
        assertThat(fault(TestCertificates.base64("a text".getBytes(StandardCharsets.UTF_8)))).isEqualTo("WECHAT_CERTIFICATE_NOT_PKCS12");
        assertThat(fault(TestCertificates.base64(new byte[]{0x30, 3, 2, 1, 3}))).isEqualTo("WECHAT_CERTIFICATE_NOT_PKCS12");
        assertThat(fault(TestCertificates.base64(TestCertificates.withoutKey(other, "20000200")))).as("its password differs, too")
                .isEqualTo("WECHAT_CERTIFICATE_PASSWORD");
        assertThat(fault(TestCertificates.base64(other))).isEqualTo("WECHAT_CERTIFICATE_PASSWORD");
        assertThat(fault(TestCertificates.base64(TestCertificates.file(folder, "20000200", MCH_ID))))
                .isEqualTo("WECHAT_CERTIFICATE_OF_ANOTHER_MERCHANT");
        assertThat(fault(TestCertificates.base64(TestCertificates.withoutKey(TestCertificates.file(folder, MCH_ID, MCH_ID), MCH_ID))))
                .as("a certificate without its key").isEqualTo("WECHAT_CERTIFICATE_NOT_PKCS12");
    }

    /// The doctor warns: payments are taken.
    @Test
    void withoutOneNothingCanBeRefunded() {
        var channel = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow();

        assertThat(channel.refundFault(settings(""))).get().satisfies(fault -> assertThat(fault.code())
                .isEqualTo("WECHAT_CERTIFICATE_MISSING"));
        assertThat(channel.refundFault(settings("any"))).isEmpty();
        assertThat(channel.faults(settings(""))).as("it is no fault of the account").isEmpty();
        assertThat(channel.refundFault(Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatGatewayUrl", "http://127.0.0.1:8090")))))
                .as("a sandbox").isEmpty();
    }

    /// One that expires while it is set must not take the payments away.
    @Test
    void anExpiredOneIsRefusedWhenItIsSetAndNoObstacleToPayments() {
        String file = TestCertificates.base64(TestCertificates.file(folder, MCH_ID, MCH_ID, "-startdate", "-10d", "-validity", "1"));

        assertThat(fault(file)).isEqualTo("WECHAT_CERTIFICATE_EXPIRED");
        assertThat(WechatMerchant.from(settings(file))).isPresent();
        assertThat(WechatMerchant.from(settings("no certificate"))).as("nor one that is broken").get()
                .satisfies(merchant -> assertThat(merchant.certificate()).isEmpty());
    }

    @Test
    void noTextHoldsTheValue() {
        String value = "c2VjcmV0";
        for (BadSettingException fault : faults(value)) {
            assertThat(fault.text(Locale.CHINESE) + fault.text(Locale.ENGLISH)).doesNotContain(value);
        }
    }

    private static String fault(String value) {
        var faults = faults(value);
        assertThat(faults).hasSize(1);
        return faults.getFirst().code();
    }

    private static List<BadSettingException> faults(String value) {
        return PaymentChannels.installed().find(Providers.WECHAT).orElseThrow().faults(settings(value));
    }

    private static Settings settings(String value) {
        Map<String, String> all = new HashMap<>(Map.of("WechatAppId", "wxd930ea5d5a258f4f", "WechatMchId", MCH_ID, "WechatApiV2Key",
                "192006250b4c09247ec02edce69f6a2d", "WechatClientCertificate", value));
        return Settings.of(JsonMapper.shared().valueToTree(all));
    }
}
