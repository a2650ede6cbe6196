package dev.sluice.provider.alipay;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.bill.BillAnswer;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayBillDownloadTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-14");
    private static final String NODE = "alipay_data_dataservice_bill_downloadurl_query";
    private final List<String> asked = new ArrayList<>();
    @TempDir
    private Path folder;

    /// @param node of the gateway's address, the signed answer
    /// @param file behind the link
    private BillAnswer asked(UnaryOperator<String> node, String file) {
        var address = new AtomicReference<>(URI.create("http://127.0.0.1"));
        try (var gateway = new FakeGateway(body -> {
            asked.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
            return body.contains("downloadurl.query") ? signed(node.apply(address.get().toString())) : file;
        }); var connection = AlipayTill.speaking(gateway.uri())) {
            address.set(gateway.uri());
            return connection.bills().orElseThrow().download(DAY, folder.resolve("bill"));
        }
    }

    private static String signed(String node) {
        return "{\"%s_response\":%s,\"sign\":\"%s\"}".formatted(NODE, node, TestKeys.sign(node, "SHA256withRSA"));
    }

    private static UnaryOperator<String> refusal(String code, String subCode) {
        return _ -> "{\"code\":\"%s\",\"msg\":\"x\",\"sub_code\":\"%s\",\"sub_msg\":\"y\"}".formatted(code, subCode);
    }

    private static UnaryOperator<String> link(UnaryOperator<String> url) {
        return gateway -> "{\"code\":\"10000\",\"msg\":\"Success\",\"bill_download_url\":\"%s\"}".formatted(url.apply(gateway));
    }

    @Test
    void asksForTheTradesOfADayAndFollowsTheLink() {
        assertThat(asked(link(gateway -> gateway + "/bill?token=1"), "PK and so on")).isEqualTo(new BillAnswer.Bill());

        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).contains("\"bill_type\":\"trade\"", "\"bill_date\":\"2026-03-14\"", "\"secure\":\"true\"");
        assertThat(folder.resolve("bill")).hasContent("PK and so on");
    }

    @Test
    void understandsRefusals() {
        assertThat(asked(refusal("40004", "isp.NO_BILL_DATA"), "")).isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked(refusal("40004", "bill_date_before_registration"), "")).isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked(refusal("40004", "isp.bill_not_exist"), "")).isInstanceOf(BillAnswer.EmptyOrNotReady.class);
        assertThat(asked(refusal("40004", "isp.SYSTEM_RATE_LIMIT"), "")).isInstanceOf(BillAnswer.Unknown.class);
        assertThat(asked(refusal("20000", "isp.unknow-error"), "")).isInstanceOf(BillAnswer.Unknown.class);
        assertThat(asked(refusal("40004", "isv.INVAILID_ARGUMENTS"), "")).isEqualTo(new BillAnswer.Refused("isv.INVAILID_ARGUMENTS", "y"));
        assertThat(asked(refusal("20001", "aop.invalid-auth-token"), "")).isInstanceOf(BillAnswer.Refused.class);
    }

    @Test
    void knowsEmptyDays() {
        assertThat(asked(
                _ -> "{\"code\":\"10000\",\"bill_download_url\":\"https://a.alipay.com/x\",\"bill_file_code\":\"EMPTY_DATA_WITH_BILL_FILE\"}",
                "")).isInstanceOf(BillAnswer.EmptyDay.class);
        assertThat(asked(link(gateway -> gateway + "/bill"), "没有查到相应的订单")).isInstanceOf(BillAnswer.EmptyDay.class);
    }

    @Test
    void aLinkThatIsTooOldIsAskedForAgain() {
        assertThat(asked(link(gateway -> gateway + "/bill"), "下载超时")).isInstanceOf(BillAnswer.Unknown.class);
    }

    /// A signed answer could be another server's link.
    @Test
    void followsNoLinkElsewhere() {
        for (String url : List.of("https://evil.example/bill", "http://dwbillcenter.alipay.com/bill", "https://alipay.com.evil.example/b",
                "https://evilalipay.com/b", "https://user@dwbillcenter.alipay.com/b", "https://dwbillcenter.alipay.com:8443/b",
                "https://127.0.0.1/bill", "file:///etc/passwd", "http://localhost/bill")) {
            asked.clear();
            assertThat(asked(link(_ -> url), "PK")).as(url).isInstanceOfSatisfying(BillAnswer.Refused.class,
                    refused -> assertThat(refused.code()).isEqualTo("BILL_HOST_FOREIGN"));
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void believesNoUnsignedAnswer() {
        try (var gateway = new FakeGateway(_ -> "{\"%s_response\":{\"code\":\"10000\",\"bill_download_url\":\"https://a.alipay.com/x\"}}"
                .formatted(NODE)); var connection = AlipayTill.speaking(gateway.uri())) {
            assertThat(connection.bills().orElseThrow().download(DAY, folder.resolve("bill"))).isInstanceOf(BillAnswer.Unknown.class);
        }
    }
}
