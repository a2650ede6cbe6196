package dev.sluice.provider.alipay;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.alipay.api.AlipayRequest;

import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.call.OwnHosts;
import dev.sluice.provider.call.ProviderHttp;
import dev.sluice.provider.call.ProviderReply;

/// Asks Alipay, and believes no answer that is not signed by Alipay, success or failure.
final class AlipayClient implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);
    private static final String CONTENT_TYPE = "application/x-www-form-urlencoded;charset=utf-8";

    private final AlipaySignature signature;
    private final AlipaySdk sdk;
    private final URI gateway;
    private final ProviderHttp http = new ProviderHttp(ANSWER_WITHIN, new OwnHosts(List.of(".alipay.com", ".alipaydev.com")));

    /// @throws IllegalStateException when Alipay's SDK does not take the account
    AlipayClient(AlipayMerchant merchant) {
        this.signature = new AlipaySignature(merchant.verifying().alipayPublicKey());
        this.sdk = new AlipaySdk(merchant);
        this.gateway = merchant.gatewayUrl();
    }

    /// The name of an answer's operation is not signed. So an answer is taken for what was asked only without a field of another operation.
    ///
    /// @param foreign fields that only answers to other questions have
    ProviderReply<AlipayReply> call(AlipayRequest<?> request, Set<String> foreign) {
        String node = request.getApiMethodName().replace('.', '_') + "_response";
        var signed = sdk.sign(request);
        try {
            return understand(http.post(URI.create(gateway + "?" + signed.query()), CONTENT_TYPE,
                    signed.body().getBytes(StandardCharsets.UTF_8)), node, foreign);
        } catch (ProviderHttp.SilenceException e) {
            return new ProviderReply.Silence<>(e.obstacle());
        }
    }

    private ProviderReply<AlipayReply> understand(ProviderHttp.Answer answer, String node, Set<String> foreign) {
        if (answer.status() != 200) {
            return new ProviderReply.Unusable<>("HTTP status " + answer.status(), answer.body());
        }
        ProviderReply<AlipayReply> reply = AlipayAnswer.read(answer.body(), node, signature);
        return reply instanceof ProviderReply.Signed<AlipayReply>(var message, var body)
                ? message.firstOf(foreign)
                        .<ProviderReply<AlipayReply>>map(
                                field -> new ProviderReply.Unusable<>("the answer is to another question: it has " + field, body))
                        .orElse(reply)
                : reply;
    }

    @Override
    public void close() {
        http.close();
    }
}
