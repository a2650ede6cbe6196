package dev.sluice.provider.wechat.v2;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.bill.BillAnswer;

import static org.assertj.core.api.Assertions.assertThat;

class WechatBillDownloadTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-14");
    @TempDir
    private Path folder;

    private BillAnswer asked(String answer) {
        try (var gateway = new FakeGateway(_ -> answer); var connection = WechatTill.speaking(gateway.uri())) {
            return connection.bills().orElseThrow().download(DAY, folder.resolve("bill"));
        }
    }

    private static String refusal(String code, String words) {
        return "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[%s]]></return_msg><error_code><![CDATA[%s]]></error_code></xml>"
                .formatted(words, code);
    }

    @Test
    void asksForAllOfADayPacked() throws IOException {
        List<Map<String, String>> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(body -> {
            asked.add(WechatTill.asked(body));
            return "\uFEFF交易时间,\r\n";
        }); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.bills().orElseThrow().download(DAY, folder.resolve("bill"))).isEqualTo(new BillAnswer.Bill());
        }

        assertThat(asked).singleElement().satisfies(fields -> assertThat(fields).containsEntry("bill_date", "20260314")
                .containsEntry("bill_type", "ALL").containsEntry("tar_type", "GZIP").containsEntry("mch_id", "10000100"));
        assertThat(folder.resolve("bill")).content().contains("交易时间");
    }

    @Test
    void understandsRefusals() {
        assertThat(asked(refusal("20002", "NO bill exist"))).isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked(refusal("20002", "No Bill Exist"))).isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked(refusal("20002", "Bill Creating"))).isEqualTo(new BillAnswer.NotYet("20002 Bill Creating"));
        assertThat(asked(refusal("20001", "SIGN ERROR"))).isEqualTo(new BillAnswer.Refused("20001", "SIGN ERROR"));
        assertThat(asked(refusal("20007", "closed"))).isInstanceOf(BillAnswer.Refused.class);
        assertThat(asked(refusal("100", "SYSTEMERROR"))).isInstanceOf(BillAnswer.Unknown.class);
        assertThat(asked("<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>NO_BILL_EXIST</err_code></xml>"))
                .isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked("")).isInstanceOf(BillAnswer.Unknown.class);
        assertThat(asked("<html>busy</html>")).isInstanceOf(BillAnswer.Unknown.class);
        assertThat(asked("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xml><return_msg>&e;</return_msg></xml>"))
                .isEqualTo(new BillAnswer.Unknown("the answer is neither a bill nor WeChat Pay's XML: has a DOCTYPE"));
    }

    @Test
    void asksForAPlainBillWhenItCannotBePacked() {
        List<String> asked = new ArrayList<>();
        try (var gateway = new FakeGateway(body -> {
            asked.add(WechatTill.asked(body).getOrDefault("tar_type", "plain"));
            return asked.size() == 1 ? refusal("20100", "CompressGZip Error") : "交易时间,";
        }); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.bills().orElseThrow().download(DAY, folder.resolve("bill"))).isEqualTo(new BillAnswer.Bill());
        }

        assertThat(asked).containsExactly("GZIP", "plain");
    }

    @Test
    void anUnreachableProviderIsUnknown() throws IOException {
        try (var connection = WechatTill.speaking(URI.create("http://127.0.0.1:1"))) {
            assertThat(connection.bills().orElseThrow().download(DAY, folder.resolve("bill"))).isEqualTo(
                    new BillAnswer.Unknown("no answer: REFUSED"));
        }
        assertThat(Files.exists(folder.resolve("bill"))).isFalse();
    }
}
