package dev.sluice.provider.wechat.v2.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.provider.wire.MalformedMessageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WechatXmlTest {
    @Test
    void readsFieldsAsTheyStand() throws Exception {
        var fields = parse(
                "\uFEFF<?xml version=\"1.0\"?><xml>\n <a><![CDATA[ x&y <z> 支付 ]]></a>\n<b>1 &amp; 2</b><c></c><d><![CDATA[]]></d></xml>");

        assertThat(fields).containsExactlyInAnyOrderEntriesOf(Map.of("a", " x&y <z> 支付 ", "b", "1 & 2"));
    }

    @Test
    void writesWhatItReads() throws Exception {
        var fields = Map.of("body", "a ]]> b & <c> 充值 \"'", "total_fee", "1");

        assertThat(WechatXml.parse(WechatXml.write(fields))).isEqualTo(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{\"a\":1}", "<xml>", "<xml/>", "<xml></xml>", "<xml>text</xml>", "<xml><a>1</a></xml><xml/>",
            "<xml><a>1</b></xml>",
            "<xml><a>1</a><a>2</a></xml>", "<xml><a>1</a><b>1</b><a>1</a></xml>", "<xml><a><b>1</b></a></xml>", "<xml><a x='1'>1</a></xml>",
            "<xml><a>&unknown;</a></xml>"})
    void refusesWhatIsNotOneLevelOfFields(String xml) {
        assertThatThrownBy(() -> parse(xml)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesADoctypeAndReadsNoFile(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "TOPSECRET");
        String attack = "<?xml version=\"1.0\"?><!DOCTYPE xml [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><xml><a>&x;</a></xml>";

        assertThatThrownBy(() -> parse(attack)).hasMessage("has a DOCTYPE");
        // Hidden from our own look at the text: what the declared encoding would say is not believed, the bytes are.
        assertThatThrownBy(() -> WechatXml.parse(attack.replace("1.0\"", "1.0\" encoding=\"UTF-16\"").getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesAnEntityBomb() {
        String bomb = "<!DOCTYPE xml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><xml><x>&b;</x></xml>";

        assertThatThrownBy(() -> parse(bomb)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> parse("<xml>" + "<a>".repeat(8000) + "</a>".repeat(8000) + "</xml>"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesWhatIsTooLongOrNotUtf8() {
        assertThatThrownBy(() -> parse("<xml><a>" + "x".repeat(64 * 1024) + "</a></xml>")).hasMessageContaining("longer than");
        assertThatThrownBy(() -> WechatXml.parse("<xml><a>充值</a></xml>".getBytes(Charset.forName("GBK")))).hasMessage("not UTF-8");
    }

    private static Map<String, String> parse(String xml) throws MalformedMessageException {
        return WechatXml.parse(xml.getBytes(StandardCharsets.UTF_8));
    }
}
