package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.bill.Limits;
import dev.sluice.provider.call.OwnHosts;
import dev.sluice.provider.call.ProviderHttp;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.wechat.v2.message.WechatFailure;
import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wechat.v2.refund.WechatRefundCalls;
import dev.sluice.provider.wire.ConnectionFailure;
import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.ProviderText;

/// Asks WeChat Pay: signs, posts, and believes no answer that is not signed by WeChat Pay. When a host cannot be reached, or does not
/// answer in time, it asks the next one the same thing: WeChat Pay knows an order by its number, on all its hosts.
final class WechatClient implements WechatRefundCalls, AutoCloseable {
    /// For each host.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final OwnHosts OWN_HOSTS = new OwnHosts(List.of(".weixin.qq.com", ".wechatpay.cn"));
    private static final String CONTENT_TYPE = "text/xml; charset=utf-8";
    private static final byte[] NOTHING = {};
    private static final int NONCE_BYTES = 16;

    private final WechatMerchant merchant;
    private final WechatSignature signature;
    private final ProviderHttp http = new ProviderHttp(ANSWER_WITHIN, OWN_HOSTS);
    /// By our certificate.
    private final Optional<ProviderHttp> certified;
    private final WechatHosts hosts;
    private final SecureRandom random = new SecureRandom();

    WechatClient(WechatMerchant merchant) {
        this.merchant = merchant;
        this.signature = new WechatSignature(merchant.apiV2Key(), merchant.signType());
        this.certified = merchant.certificate().map(each -> new ProviderHttp(ANSWER_WITHIN, OWN_HOSTS, each.sslContext()));
        this.hosts = new WechatHosts(merchant.gatewayUrls(), Clock.systemUTC());
    }

    /// A signed reply has `return_code` SUCCESS; its `result_code` is still to be looked at.
    ///
    /// @throws WechatRequest.UnsendableFieldException when a parameter could be cut into other fields; then nothing was sent
    ProviderReply<Map<String, String>> call(WechatOperation operation, Map<String, String> parameters)
            throws WechatRequest.UnsendableFieldException {
        return post(operation, request(parameters));
    }

    private byte[] request(Map<String, String> parameters) throws WechatRequest.UnsendableFieldException {
        Map<String, String> fields = new HashMap<>(parameters);
        fields.put("appid", merchant.merchant().appId());
        fields.put("mch_id", merchant.merchant().merchantId());
        fields.put("nonce_str", nonce());
        fields.put("sign_type", merchant.signType().wireName());
        return WechatRequest.of(fields).signed(signature);
    }

    /// Requests a bill, and stores what comes: it is not signed.
    ///
    /// @return the HTTP status
    /// @throws ProviderHttp.SilenceException when no whole answer arrived
    int download(Map<String, String> parameters, Path into) throws ProviderHttp.SilenceException {
        URI host = hosts.inTurn().getFirst();
        try {
            HttpRequest request = HttpRequest.newBuilder(address(host, WechatOperation.BILL)).header("Content-Type", CONTENT_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request(parameters))).build();
            return http.save(request, into, Limits.DOWNLOADED_BYTES, Limits.DOWNLOADED_WITHIN);
        } catch (WechatRequest.UnsendableFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /// About one of our orders: its number can always be sent.
    ProviderReply<Map<String, String>> call(WechatOperation operation, TradeNumber tradeNumber) {
        try {
            return call(operation, Map.of("out_trade_no", tradeNumber.value()));
        } catch (WechatRequest.UnsendableFieldException e) {
            return new ProviderReply.Unusable<>(String.valueOf(e.getMessage()), NOTHING);
        }
    }

    private ProviderReply<Map<String, String>> post(WechatOperation operation, byte[] request) {
        var obstacle = ConnectionFailure.BROKEN;
        for (URI host : hosts.inTurn()) {
            try {
                var answer = http(operation, host).post(address(host, operation), CONTENT_TYPE, request);
                hosts.answered(host);
                return understand(operation, answer);
            } catch (ProviderHttp.SilenceException e) {
                obstacle = e.obstacle();
                if (operation == WechatOperation.REFUND && mayHaveArrived(obstacle)) {
                    break;
                }
            }
        }
        return new ProviderReply.Silence<>(obstacle);
    }

    /// Money may be on its way: a query decides, not another request.
    private static boolean mayHaveArrived(ConnectionFailure obstacle) {
        return switch (obstacle) {
            case UNKNOWN_HOST, REFUSED, TLS -> false;
            case TIME_OUT, BROKEN -> true;
        };
    }

    @Override
    public ProviderReply<Map<String, String>> refund(Map<String, String> fields) throws NotSentException {
        boolean demanded = hosts.inTurn().stream().anyMatch(WechatClient::demandsCertificate);
        Instant now = Clock.systemUTC().instant();
        if (demanded && merchant.certificate().isEmpty()) {
            throw new NotSentException("CLIENT_CERTIFICATE_MISSING", "no client certificate is set that can be used");
        }
        if (demanded && merchant.certificate().filter(each -> each.hasExpired(now)).isPresent()) {
            throw new NotSentException("CLIENT_CERTIFICATE_EXPIRED", "the client certificate has expired");
        }
        try {
            return call(WechatOperation.REFUND, fields);
        } catch (WechatRequest.UnsendableFieldException e) {
            throw new NotSentException("UNSENDABLE", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ProviderReply<Map<String, String>> queryRefunds(Map<String, String> fields) {
        try {
            return call(WechatOperation.REFUND_QUERY, fields);
        } catch (WechatRequest.UnsendableFieldException e) {
            return new ProviderReply.Unusable<>(String.valueOf(e.getMessage()), NOTHING);
        }
    }

    /// A host on plain HTTP is a sandbox that the environment allowed: it can see no certificate.
    private static boolean demandsCertificate(URI host) {
        return !"http".equals(host.getScheme());
    }

    private ProviderHttp http(WechatOperation operation, URI host) {
        return operation == WechatOperation.REFUND && demandsCertificate(host) ? certified.orElse(http) : http;
    }

    private static URI address(URI host, WechatOperation operation) {
        String base = host.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + operation.path());
    }

    private ProviderReply<Map<String, String>> understand(WechatOperation operation, ProviderHttp.Answer answer) {
        if (answer.status() != 200) {
            return new ProviderReply.Unusable<>("HTTP status " + answer.status(), answer.body());
        }
        try {
            return understand(operation, WechatXml.parse(answer.body()), answer.body());
        } catch (MalformedMessageException e) {
            return new ProviderReply.Unusable<>("the answer is not WeChat Pay's XML: " + e.getMessage(), answer.body());
        }
    }

    /// What is not a success is not signed either, and seldom has an `err_code`.
    private ProviderReply<Map<String, String>> understand(WechatOperation operation, Map<String, String> fields, byte[] body) {
        if (!"SUCCESS".equals(fields.get("return_code"))) {
            return unsigned(fields, "return_msg", false, body);
        }
        if (!signature.isRight(fields)) {
            return unsigned(fields, "err_code_des", true, body);
        }
        if (!merchant.merchant().appId().equals(fields.get("appid")) || !merchant.merchant().merchantId().equals(fields.get("mch_id"))) {
            return new ProviderReply.Unusable<>("the answer is about another account", body);
        }
        return operation.foreignField(fields)
                .map(field -> "the answer is to another question: it has " + field)
                .or(() -> WechatOperation.hiddenField(fields).map(field -> "the answer can be read in two ways: a value has " + field))
                .<ProviderReply<Map<String, String>>>map(why -> new ProviderReply.Unusable<>(why, body))
                .orElseGet(() -> new ProviderReply.Signed<>(fields, body));
    }

    private static ProviderReply<Map<String, String>> unsigned(Map<String, String> fields, String words, boolean hasSign, byte[] body) {
        return new ProviderReply.Unsigned<>(ProviderText.shown(fields.getOrDefault("err_code", "")),
                ProviderText.shown(fields.getOrDefault(words, "")), hasSign, body);
    }

    /// The code and the text of a refusal.
    static String refusal(Map<String, String> fields) {
        return WechatFailure.text(fields);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        http.close();
        certified.ifPresent(ProviderHttp::close);
    }
}
