package dev.sluice.sandbox.wechat;

import java.nio.charset.Charset;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WechatXmlTest {

    @Test
    void readsWhatItWrites() {
        Map<String, String> fields = Map.of("attach", "a&b=c <d> ]]> 支付测试", "body", " spaces stay ", "empty", "");

        assertThat(read(WechatXml.write(fields))).isEqualTo(new WechatXml.Fields(fields));
    }

    @Test
    void readsPlainTextCdataCommentsAndAByteOrderMark() {
        String xml = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><xml><!-- by hand -->\n<a>1 &lt; 2</a><b>x<![CDATA[<y>]]>z</b></xml>";

        assertThat(read(xml)).isEqualTo(new WechatXml.Fields(Map.of("a", "1 < 2", "b", "x<y>z")));
    }

    @Test
    void readsALongTextAsOne() {
        Map<String, String> fields = Map.of("detail", "支付 & ".repeat(1_000), "goods", "]]>".repeat(1_000));

        assertThat(read(WechatXml.write(fields))).isEqualTo(new WechatXml.Fields(fields));
        assertThat(read("<xml><a>" + "1 &lt; 2 ".repeat(5_000) + "</a></xml>"))
                .isEqualTo(new WechatXml.Fields(Map.of("a", "1 < 2 ".repeat(5_000))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "",
            "not xml",
            "<xml><a>1</a>",
            "<order><a>1</a></order>",
            "<xml>text<a>1</a></xml>",
            "<xml><a>1</a><a>2</a></xml>",
            "<xml><a><b>1</b></a></xml>",
            "<xml><a><b/></a></xml>",
            "<xml><a>1<b/></a></xml>",
            "<xml><a>1<!-- or --></a></xml>",
            "<xml><a>1</a>text</xml>",
            "<xml><a>&unknown;</a></xml>",
            "<xml><a>1</a></xml><xml/>",
            "<xml><a>1</a></xml>text",
            "<!DOCTYPE xml><xml><a>1</a></xml>",
            "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><xml><a>&e;</a></xml>",
            "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p.dtd\">%p;]><xml><a>1</a></xml>",
            "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><xml><a>&b;&b;&b;&b;</a></xml>",
    })
    void refusesWhatIsNotFlatXmlWithoutDoctype(String xml) {
        assertThat(read(xml)).isEqualTo(new WechatXml.Malformed());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        String gbk = "<?xml version=\"1.0\" encoding=\"GBK\"?><xml><a>支付</a></xml>";

        assertThat(WechatXml.read(gbk.getBytes(Charset.forName("GBK")))).isEqualTo(new WechatXml.NotUtf8());
        assertThat(read(gbk)).isEqualTo(new WechatXml.NotUtf8());
    }

    private static WechatXml.Reading read(String xml) {
        return WechatXml.read(xml.getBytes(UTF_8));
    }
}
