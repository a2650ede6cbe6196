package dev.sluice.provider.alipay;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import com.alipay.api.AlipayRequest;
import com.alipay.api.request.AlipayDataDataserviceBillDownloadurlQueryRequest;

import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.alipay.bill.AlipayBillDownload;
import dev.sluice.provider.alipay.bill.BillLink;
import dev.sluice.provider.alipay.message.AlipayCall;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.call.OwnHosts;
import dev.sluice.provider.call.ProviderHttp;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.wire.ProviderText;

/// Asks Alipay, and believes no answer that is not signed by Alipay, success or failure.
final class AlipayClient implements AlipayCall, AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);
    private static final String CONTENT_TYPE = "application/x-www-form-urlencoded;charset=utf-8";

    private static final Set<String> FOREIGN_TO_BILLS = Set.of("trade_status", "qr_code", "refund_status", "out_trade_no");

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
    @Override
    public ProviderReply<AlipayReply> send(AlipayRequest<?> request, Set<String> foreign) {
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

    /// Its bills.
    BillDownload bills() {
        return new AlipayBillDownload(this::billLink, http, gateway);
    }

    private BillLink billLink(LocalDate day) {
        var request = new AlipayDataDataserviceBillDownloadurlQueryRequest();
        // The SDK's model does not know `secure`, which makes the link one of https.
        request.setBizContent("{\"bill_type\":\"trade\",\"bill_date\":\"" + day + "\",\"secure\":\"true\"}");
        return send(request, FOREIGN_TO_BILLS).<BillLink>response(
                reply -> new BillLink.Signed(reply.code(), reply.subCode(), ProviderText.shown(reply.text("sub_msg")),
                        reply.text("bill_download_url"), reply.text("bill_file_code")),
                BillLink.Unknown::new).answer();
    }

    @Override
    public void close() {
        http.close();
    }
}
