package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sluice.provider.wire.ConnectionFailure;

/// Asks WeChat Pay: signs, posts, and lets no answer through that is not signed by WeChat Pay. When a host cannot be reached, or does
/// not answer in time, it asks the next one the same thing: WeChat Pay knows an order by its number, on all its hosts.
final class WechatClient implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    /// For each host.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};
    private static final int NONCE_BYTES = 16;

    private final WechatMerchant merchant;
    private final WechatSignature signature;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final SecureRandom random = new SecureRandom();

    WechatClient(WechatMerchant merchant) {
        this.merchant = merchant;
        this.signature = new WechatSignature(merchant.apiV2Key(), merchant.signType());
    }

    /// WeChat Pay's answer to a call.
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    sealed interface Answer {
        byte[] body();

        /// Signed, `return_code` SUCCESS, and about our account; `result_code` is still to be looked at.
        record Signed(Map<String, String> fields, byte[] body) implements Answer {}

        /// Anything else: useful to an operator, without meaning for an order.
        sealed interface Unknown extends Answer {
            /// For operators; never holds a key or a body.
            String why();
        }

        /// The provider did not answer.
        record Silence(ConnectionFailure obstacle) implements Unknown {
            @Override
            public String why() {
                return "no answer: " + obstacle;
            }

            @Override
            public byte[] body() {
                return NOTHING;
            }
        }

        /// `return_code` is not SUCCESS. Such an answer is not signed.
        ///
        /// @param code  `err_code`; seldom there
        /// @param words `return_msg`
        record Rejected(String code, String words, byte[] body) implements Unknown {
            @Override
            public String why() {
                return "return_code is not SUCCESS: " + words;
            }
        }

        /// It looks like WeChat Pay's, and our key does not verify it.
        record NotSigned(Map<String, String> fields, byte[] body) implements Unknown {
            @Override
            public String why() {
                return "the answer is not signed by WeChat Pay";
            }
        }

        /// No answer to this question.
        record Unusable(String why, byte[] body) implements Unknown {}
    }

    Answer call(String path, Map<String, String> parameters) {
        Map<String, String> fields = new HashMap<>(parameters);
        fields.put("appid", merchant.merchant().appId());
        fields.put("mch_id", merchant.merchant().merchantId());
        fields.put("nonce_str", nonce());
        fields.put("sign_type", merchant.signType().wireName());
        fields.put(WechatSignature.FIELD, signature.sign(fields));
        byte[] request = WechatXml.write(fields);
        Answer last = new Answer.Unusable("no host to ask", NOTHING);
        for (URI host : merchant.gatewayUrls()) {
            try {
                return understand(post(host, path, request));
            } catch (ExecutionException e) {
                last = new Answer.Silence(ConnectionFailure.of(e));
            } catch (TimeoutException e) {
                last = new Answer.Silence(ConnectionFailure.TIME_OUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer.Unusable("interrupted", NOTHING);
            }
        }
        return last;
    }

    private HttpResponse<byte[]> post(URI host, String path, byte[] body)
            throws ExecutionException, TimeoutException, InterruptedException {
        String base = host.toString();
        URI uri = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        HttpRequest request = HttpRequest
                .newBuilder(uri)
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        // The time-out of a request ends with the headers of the answer; this one is for all of it.
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), WechatXml.MAX_BYTES));
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private Answer understand(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        if (response.statusCode() != 200) {
            return new Answer.Unusable("HTTP status " + response.statusCode(), body);
        }
        try {
            return understand(WechatXml.parse(body), body);
        } catch (WechatXml.MalformedXmlException e) {
            return new Answer.Unusable("the answer is not WeChat Pay's XML: " + e.getMessage(), body);
        }
    }

    private Answer understand(Map<String, String> fields, byte[] body) {
        if (!"SUCCESS".equals(fields.get("return_code"))) {
            return new Answer.Rejected(abbreviated(fields.getOrDefault("err_code", "")),
                    abbreviated(fields.getOrDefault("return_msg", "")), body);
        }
        if (!signature.isRight(fields)) {
            return new Answer.NotSigned(fields, body);
        }
        if (!merchant.merchant().appId().equals(fields.get("appid")) || !merchant.merchant().merchantId().equals(fields.get("mch_id"))) {
            return new Answer.Unusable("the answer is about another account", body);
        }
        return new Answer.Signed(fields, body);
    }

    private static String abbreviated(String message) {
        return message.length() <= 100 ? message : message.substring(0, 100);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
