package dev.sluice.sandbox.wallet;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

import com.github.binarywang.wxpay.exception.WxPayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.sandbox.RunningSandbox;
import dev.sluice.sandbox.fault.Fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletIT {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String[] ENGLISH = {"Accept-Language", "en-GB,en;q=0.8"};
    /// What a strict policy would not run, or what a text of the merchant would be if it were not escaped.
    private static final Pattern INLINE = Pattern.compile("<style|<script>|<script(?! src=)|\\sstyle=|\\son\\w+=|javascript:");

    private final RunningSandbox sandbox = new RunningSandbox("--sandbox.merchant=<i>Taoran</i>");

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void showsPaysAndThenShowsPaid() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-pages");

        HttpResponse<String> shown = page(code);
        assertThat(shown.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(shown.body()).contains("微信支付", "付款给", "7.30", "wallet-pages", "支付 ¥7.30", "离开，不付款");

        HttpResponse<String> paid = sandbox.submit("/wallet/pay", code);
        assertThat(paid.body()).contains("支付成功", "4200");
        assertThat(paid.uri().toString()).as("can be loaded again").contains("/wallet?code=");
        assertThat(sandbox.submit("/wallet/pay", code).body()).contains("订单已支付", "请勿重复付款");
        assertThat(page(code).body()).contains("支付成功").doesNotContain("id=\"pay\"");
    }

    @Test
    void letsThePayerLeave() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-leave");
        assertThat(page(code).statusCode()).isEqualTo(200);

        HttpResponse<String> left = sandbox.submit("/wallet/leave", code);
        assertThat(left.body()).contains("<title>已离开，没有付款").contains("扫一扫");

        assertThat(sandbox.wallet("leave", code).path("status").asString()).isEqualTo("LEFT");
        assertThat(sandbox.wallet("open", code).path("status").asString()).isEqualTo("UNPAID");
    }

    @Test
    void offersOpenCodesForPicking() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-pick");
        String item = "data-code=\"" + code + "\"";

        for (String path : List.of("/wallet", "/wallet/codes")) {
            assertThat(sandbox.get(path).body()).contains(item, "¥7.30", "秒前", "value=\"" + code + "\"");
        }
        assertThat(sandbox.get("/wallet/codes", ENGLISH).body()).contains(item, "s ago");

        sandbox.submit("/wallet/pay", code);
        assertThat(sandbox.get("/wallet/codes").body()).doesNotContain(item);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de-DE,de;q=0.9           |                          | zh-CN
            en-GB,en;q=0.8           |                          | en
            zh-TW,en;q=0.5           |                          | zh-CN
            en                       | sluice-language=zh-CN    | zh-CN
            zh                       | sluice-language=en       | en
            en                       | sluice-language=fr       | en
            ;;q=x                    |                          | zh-CN
            """)
    void isReadInTheLanguageOfTheReader(String accepted, String cookie, String language) throws IOException, InterruptedException {
        String page = sandbox.get("/wallet", "Accept-Language", accepted, "Cookie", cookie == null ? "a=b" : cookie).body();

        assertThat(page).contains("<html lang=\"" + language + "\"").contains(language.equals("en") ? "Provider faults" : "渠道故障");
    }

    @ParameterizedTest
    @CsvSource({"dark,dark", "light,light", "neon,''", "dark'><script>,''"})
    void hasTheThemeOfTheCookie(String cookie, String theme) throws IOException, InterruptedException {
        assertThat(sandbox.get("/wallet", "Cookie", "sluice-theme=" + cookie).body()).contains("data-theme=\"" + theme + "\"");
    }

    @Test
    void pagesRunNothingButTheirOwnFiles() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-policy");
        String paid = code("wallet-policy-paid");
        sandbox.wallet("pay", paid);

        for (String path : List.of("/wallet", "/wallet/codes", "/wallet?left=yes", "/wallet?code=x", query(code), query(paid))) {
            for (String[] headers : new String[][]{{}, ENGLISH}) {
                HttpResponse<String> page = sandbox.get(path, headers);
                assertThat(page.headers().firstValue("Content-Security-Policy")).contains(POLICY);
                assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
                assertThat(page.body()).doesNotContainPattern(INLINE).doesNotContain("{{", "null");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"wallet.css,text/css;charset=UTF-8", "wallet.js,text/javascript;charset=UTF-8", "icon.svg,image/svg+xml;charset=UTF-8"})
    void servesItsFilesOnceUntilTheyChange(String file, String type) throws IOException, InterruptedException {
        HttpResponse<String> served = sandbox.get("/wallet/" + file);
        assertThat(served.headers().firstValue("Content-Type")).contains(type);

        String tag = served.headers().firstValue("ETag").orElseThrow();
        assertThat(sandbox.get("/wallet/" + file, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void escapesWhatMerchantsWrite() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-markup");
        String paid = code("wallet-markup-paid");
        sandbox.wallet("pay", paid);

        for (String path : List.of("/wallet", "/wallet/codes", query(code), query(paid))) {
            assertThat(sandbox.get(path).body())
                    .contains("&lt;b&gt;quota&lt;/b&gt;", "&lt;i&gt;Taoran&lt;/i&gt;")
                    .doesNotContain("<b>quota", "<i>Taoran");
        }
    }

    @Test
    void escapesWhateverIsPasted() throws IOException, InterruptedException {
        String markup = "\"><script>alert(1)</script>";
        assertThat(page(markup).body()).contains("无法识别这个码").doesNotContain("<script>");
        assertThat(sandbox.submit("/wallet/pay", markup).body()).contains("无法识别这个码").doesNotContain("<script>");
        assertThat(sandbox.submit("/wallet/leave", "{{text.pay}}").body()).contains("无法识别这个码");
    }

    @Test
    void refusalsNameTheReasonInBothLanguages() throws IOException, InterruptedException {
        assertThat(page("unknown").body()).contains("没有签发过");
        assertThat(sandbox.get("/wallet?code=unknown", ENGLISH).body()).contains("This code is unknown", "role=\"alert\"");
        for (Language language : Language.values()) {
            for (var reason : dev.sluice.sandbox.trade.Scan.Reason.values()) {
                assertThat(language.text("refused." + reason + ".title")).isNotBlank();
                assertThat(language.text("refused." + reason + ".why")).isNotBlank();
            }
        }
    }

    @Test
    void respondsWithAStatusWhenItCannotPay() throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-twice");
        JsonNode paid = sandbox.wallet("pay", code);

        assertThat(paid.path("status").asString()).isEqualTo("PAID");
        assertThat(paid.path("out_trade_no").asString()).isEqualTo("wallet-twice");
        assertThat(pay(code).statusCode()).isEqualTo(409);
        assertThat(pay(code).body()).contains("\"code\":\"ALREADY_PAID\"");
        assertThat(pay("unknown").statusCode()).isEqualTo(404);
        assertThat(pay("unknown").body()).contains("\"code\":\"UNKNOWN_CODE\"", "\"message\"");
    }

    @Test
    void hasASwitchForEachFaultThatIsNamedInBothLanguages() throws IOException, InterruptedException {
        sandbox.faults("PUT", "", "[\"GARBAGE\"]");
        for (String[] headers : new String[][]{{}, ENGLISH}) {
            String page = sandbox.get("/wallet", headers).body();
            for (Fault fault : Fault.values()) {
                assertThat(page).containsPattern("<label for=\"fault-" + fault + "\"><span class=\"name\">[^<]+</span>")
                        .containsPattern("id=\"about-" + fault + "\"><p>[^<]+</p><p><b>Sluice</b> [^<]+</p>");
                assertThat(page.contains("value=\"" + fault + "\" aria-describedby=\"about-" + fault + "\" checked"))
                        .isEqualTo(fault == Fault.GARBAGE);
            }
        }
        sandbox.faults("DELETE", "", "");
    }

    @Test
    void switchesFaultsWithoutScripts() throws IOException, InterruptedException {
        HttpResponse<String> page = sandbox.post("/sandbox/faults", FORM, "fault=GARBAGE&fault=PAID_TWICE");
        assertThat(page.uri().getPath()).isEqualTo("/wallet");
        assertThat(sandbox.get("/sandbox/faults").body()).contains("\"all\":[\"PAID_TWICE\",\"GARBAGE\"]");

        assertThat(sandbox.post("/sandbox/faults", FORM, "fault=KINDNESS").statusCode()).isEqualTo(400);
        assertThat(sandbox.get("/sandbox/faults").body()).contains("GARBAGE");

        assertThat(sandbox.post("/sandbox/faults", FORM, "fault=%GG").statusCode()).isEqualTo(400);
        assertThat(sandbox.get("/wallet").body()).contains("value=\"GARBAGE\" aria-describedby=\"about-GARBAGE\" checked");

        sandbox.faults("PUT", "/T-9", "[\"GARBAGE\"]");
        sandbox.post("/sandbox/faults", FORM, "end=all");
        assertThat(sandbox.get("/sandbox/faults").body()).isEqualTo("{\"all\":[],\"orders\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"})
    void pagesOfOtherSitesChangeNothing(String origin) throws WxPayException, IOException, InterruptedException {
        String code = code("wallet-foreign");
        String form = "code=" + URLEncoder.encode(code, UTF_8);

        for (HttpResponse<String> refused : List.of(
                sandbox.from(origin, "POST", "/sandbox/faults", FORM, "fault=GARBAGE"),
                sandbox.from(origin, "PUT", "/sandbox/faults", "application/json", "[\"GARBAGE\"]"),
                sandbox.from(origin, "DELETE", "/sandbox/faults", "text/plain", ""),
                sandbox.from(origin, "POST", "/wallet/pay", FORM, form),
                sandbox.from(origin, "POST", "/wallet/api/pay", "application/json", "{\"code\":\"" + code + "\"}"))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"FOREIGN_ORIGIN\"");
        }
        assertThat(sandbox.get("/sandbox/faults").body()).isEqualTo("{\"all\":[],\"orders\":{}}");
        assertThat(sandbox.wallet("open", code).path("status").asString()).isEqualTo("UNPAID");
    }

    @Test
    void itsOwnPagesSwitchFaults() throws IOException, InterruptedException {
        for (String own : List.of(sandbox.url(), sandbox.url().replace("http:", "https:"))) {
            assertThat(sandbox.from(own, "PUT", "/sandbox/faults", "application/json", "[]").statusCode()).isEqualTo(200);
        }
        assertThat(sandbox.get("/wallet").headers().firstValue("Referrer-Policy"))
                .as("with no-referrer, forms would have no origin").contains("same-origin");
    }

    @Test
    void readsNoEndlessBody() throws IOException, InterruptedException {
        String endless = "<xml>" + " ".repeat(70_000) + "</xml>";

        assertThat(sandbox.post("/pay/unifiedorder", "text/xml", endless).statusCode()).isEqualTo(413);
        for (String path : List.of("/gateway.do", "/wallet/pay", "/sandbox/faults")) {
            assertThat(sandbox.post(path, FORM, "a=" + "b".repeat(70_000)).statusCode()).as(path).isEqualTo(413);
        }
    }

    @Test
    void readsXmlWhateverItIsLabelled() throws IOException, InterruptedException {
        for (String label : new String[]{"text/xml", FORM, "application/json"}) {
            assertThat(sandbox.post("/pay/unifiedorder", label, "<xml></xml>").body()).contains("LACK_PARAMS");
        }
    }

    @Test
    void hasProbesAndMetrics() throws IOException, InterruptedException {
        assertThat(sandbox.get("/livez").statusCode()).isEqualTo(200);
        assertThat(sandbox.get("/readyz").body()).contains("UP");
        assertThat(sandbox.get("/metrics").body()).contains("jvm_memory_used_bytes");
        assertThat(sandbox.get("/pay/unifiedorder").body()).contains("REQUIRE_POST_METHOD");
    }

    private HttpResponse<String> page(String code) throws IOException, InterruptedException {
        return sandbox.get(query(code));
    }

    private static String query(String code) {
        return "/wallet?code=" + URLEncoder.encode(code, UTF_8);
    }

    private HttpResponse<String> pay(String code) throws IOException, InterruptedException {
        return sandbox.post("/wallet/api/pay", "application/json", "{\"code\":\"" + code + "\"}");
    }

    private String code(String number) throws WxPayException {
        return sandbox.wechatCode(number, "<b>quota</b>", "http://127.0.0.1:9/notify");
    }
}
