package dev.sluice.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.github.binarywang.wxpay.bean.request.WxPayUnifiedOrderRequest;
import com.github.binarywang.wxpay.config.WxPayConfig;
import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import com.github.binarywang.wxpay.service.impl.WxPayServiceImpl;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The whole application on a free port, and a phone to pay with.
public final class RunningSandbox implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final ConfigurableApplicationContext context;

    public RunningSandbox(String... more) {
        SandboxProperties properties = AnyMerchant.properties();
        List<String> args = new ArrayList<>(List.of(
                "--server.port=0",
                "--sandbox.wechat.app-id=" + properties.wechat().appId(),
                "--sandbox.wechat.mch-id=" + properties.wechat().mchId(),
                "--sandbox.wechat.api-key=" + properties.wechat().apiKey(),
                "--sandbox.alipay.app-id=" + properties.alipay().appId(),
                "--sandbox.alipay.seller-id=" + properties.alipay().sellerId(),
                "--sandbox.alipay.app-public-key=" + properties.alipay().appPublicKey(),
                "--sandbox.alipay.private-key=" + properties.alipay().privateKey()));
        args.addAll(List.of(more));
        context = ProviderSandbox.application().run(args.toArray(String[]::new));
    }

    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /// WxJava, pointed here.
    public WxPayService wechatClient(String signType, String apiKey) {
        var config = new WxPayConfig();
        config.setAppId(AnyMerchant.WECHAT_APP_ID);
        config.setMchId(AnyMerchant.MCH_ID);
        config.setMchKey(apiKey);
        config.setSignType(signType);
        config.setPayBaseUrl(url());
        var wechat = new WxPayServiceImpl();
        wechat.setConfig(config);
        return wechat;
    }

    /// Orders for 7.30 yuan at WeChat Pay and returns the code.
    public String wechatCode(String number, String body, String notifyUrl) throws WxPayException {
        return wechatClient("MD5", AnyMerchant.API_KEY)
                .unifiedOrder(WxPayUnifiedOrderRequest.newBuilder()
                        .body(body)
                        .outTradeNo(number)
                        .totalFee(730)
                        .spbillCreateIp("127.0.0.1")
                        .notifyUrl(notifyUrl)
                        .tradeType("NATIVE")
                        .productId("quota")
                        .build())
                .getCodeURL();
    }

    /// Calls the wallet's API.
    public JsonNode wallet(String act, String code) throws IOException, InterruptedException {
        String json = JSON.createObjectNode().put("code", code).toString();
        return JSON.readTree(post("/wallet/api/" + act, "application/json", json).body());
    }

    /// Submits a form of the wallet's pages.
    public HttpResponse<String> submit(String path, String code) throws IOException, InterruptedException {
        return post(path, "application/x-www-form-urlencoded", "code=" + URLEncoder.encode(code, UTF_8));
    }

    public HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /// Switches faults on or off.
    public HttpResponse<String> faults(String method, String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + "/sandbox/faults" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /// Asks as a browser does.
    ///
    /// @param headers names and values, in turn
    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        return send(headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    /// Sends what a page of an origin sends.
    public HttpResponse<String> from(String origin, String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Origin", origin)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
