package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.binarywang.wxpay.util.SignUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.Received;
import dev.sluice.provider.Vectors;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wechat.v2.message.WechatSignType;

import static org.assertj.core.api.Assertions.assertThat;

/// One payment, written in each form that merchants have received. WxJava signs the values, and the test writes the XML.
@Tag("zone")
class WechatNotificationFormsTest {
    private static final Merchant MERCHANT = new Merchant("wxd930ea5d5a258f4f", "10000100");
    private static final String KEY = Vectors.get("wx_v2_doc.key");
    private static final Verdict PAID = new Verdict.Paid(new TradeNumber("1409811653"), MERCHANT,
            new TransactionId("1004400740201409030005092168"), Money.ofFen(100), Instant.parse("2014-09-03T05:15:40Z"));
    /// Markup, quotes, what looks like escapes, a blank at each end, and a character of two UTF-16 units.
    private static final String ATTACH = " a & <b> \"q\" 'x' %2B + &amp; ]]> \uD83D\uDE00 ";

    /// The types are missing, the cash is less than the total, and numbers stand outside CDATA.
    @ParameterizedTest
    @EnumSource(WechatSignType.class)
    void couponsWithoutTypesAndNumbersAsBareText(WechatSignType type) {
        Map<String, String> fields = payment();
        fields.putAll(Map.of("cash_fee", "70", "coupon_fee", "30", "coupon_count", "2", "coupon_id_0", "10000", "coupon_fee_0", "10",
                "coupon_id_1", "10001", "coupon_fee_1", "20"));

        assertThat(verify(xml(signed(fields, type), value -> value.matches("[0-9]{1,3}") ? value : cdata(value)), type)).isEqualTo(PAID);
    }

    static Stream<Arguments> writings() {
        return Stream.of(
                Arguments.of("CDATA, split", (UnaryOperator<String>) WechatNotificationFormsTest::cdata),
                Arguments.of("CDATA between text", (UnaryOperator<String>) value -> value.startsWith(" ")
                        ? entities(value.substring(0, 9)) + cdata(value.substring(9))
                        : cdata(value)),
                Arguments.of("entities", (UnaryOperator<String>) WechatNotificationFormsTest::entities),
                Arguments.of("decimal references", (UnaryOperator<String>) value -> references(value, "&#%d;")),
                Arguments.of("hexadecimal references", (UnaryOperator<String>) value -> references(value, "&#x%x;")),
                Arguments.of("markup alone as references", (UnaryOperator<String>) value -> value.codePoints()
                        .mapToObj(each -> "&<>'\"".indexOf(each) < 0 ? Character.toString(each) : "&#%d;".formatted(each))
                        .collect(Collectors.joining())));
    }

    /// What is signed is the value, untrimmed, however it is written.
    @ParameterizedTest(name = "{0}")
    @MethodSource("writings")
    void aValueWithMarkupIsTheSameHoweverItIsWritten(String name, UnaryOperator<String> writing) {
        Map<String, String> fields = payment();
        fields.put("attach", ATTACH);
        Map<String, String> signed = signed(fields, WechatSignType.MD5);

        assertThat(verify(xml(signed, writing))).as(name).isEqualTo(PAID);
        signed.put("attach", ATTACH.strip());
        assertThat(verify(xml(signed, writing))).as("trimmed").isEqualTo(new Verdict.Forged("wrong sign"));
    }

    /// Empty is absent, in the signature and in the meaning.
    @ParameterizedTest
    @ValueSource(strings = {"<device_info/>", "<device_info />", "<attach></attach>", "<sub_openid><![CDATA[]]></sub_openid>",
            "<trade_state/>", "<device_info/><attach></attach><fee_type/><sub_openid><![CDATA[]]></sub_openid><sub_appid/>"})
    void emptyElementsMeanNothing(String empty) {
        String xml = xml(signed(payment(), WechatSignType.MD5), WechatNotificationFormsTest::cdata);

        assertThat(verify(xml.replace("<xml>", "<xml>" + empty))).isEqualTo(PAID);
        assertThat(verify(xml.replace("</xml>", empty + "</xml>"))).isEqualTo(PAID);
    }

    @Test
    void whiteSpaceAroundFieldsIsNoPartOfThem() {
        String xml = xml(signed(payment(), WechatSignType.MD5), WechatNotificationFormsTest::cdata);
        String indented = xml.replace("><", ">\r\n  <").replace(">\r\n  <![", "><![").replace("]]>\r\n  </", "]]></");
        assertThat(indented).contains("<xml>\r\n  <appid><![CDATA[");

        for (String each : List.of("\n\n" + xml + "\n\n", "\r\n \t" + xml + "\r\n", indented, indented + "\r\n", "\uFEFF" + indented,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + indented, "\uFEFF<?xml version=\"1.0\"?>\n\n" + xml,
                xml.replace("><", ">\n\t\t<").replace(">\n\t\t<![", "><![").replace("]]>\n\t\t</", "]]></"))) {
            assertThat(verify(each)).as(each).isEqualTo(PAID);
        }
    }

    private static Map<String, String> payment() {
        Map<String, String> fields = new TreeMap<>(Map.of("appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "return_code",
                "SUCCESS", "result_code", "SUCCESS", "trade_type", "NATIVE", "out_trade_no", "1409811653", "transaction_id",
                "1004400740201409030005092168", "total_fee", "100", "time_end", "20140903131540"));
        fields.put("nonce_str", "5d2b6c2a8db53831f7eda20af46e531c");
        return fields;
    }

    private static Map<String, String> signed(Map<String, String> fields, WechatSignType type) {
        Map<String, String> signed = new LinkedHashMap<>(fields);
        signed.put("sign", SignUtils.createSign(new TreeMap<>(fields), type.wireName(), KEY, new String[0]));
        return signed;
    }

    private static String xml(Map<String, String> fields, UnaryOperator<String> writing) {
        return fields.entrySet().stream()
                .map(field -> "<" + field.getKey() + ">" + writing.apply(field.getValue()) + "</" + field.getKey() + ">")
                .collect(Collectors.joining("", "<xml>", "</xml>"));
    }

    private static String cdata(String value) {
        return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    private static String entities(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&apos;");
    }

    private static String references(String value, String format) {
        return value.codePoints().mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static Verdict verify(String xml) {
        return verify(xml, WechatSignType.MD5);
    }

    private static Verdict verify(String xml, WechatSignType type) {
        return new WechatNotificationVerifier(
                new WechatMerchant(MERCHANT, KEY, type, Optional.empty(), List.of(URI.create("http://127.0.0.1:1"))))
                .verify(Received.of(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
