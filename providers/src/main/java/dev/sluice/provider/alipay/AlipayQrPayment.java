package dev.sluice.provider.alipay;

import java.util.Set;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.response.AlipayTradePrecreateResponse;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.Merchant;
import dev.sluice.event.Provider;
import dev.sluice.provider.BeijingTime;
import dev.sluice.provider.QrAnswer;
import dev.sluice.provider.QrOrder;
import dev.sluice.provider.QrPayment;
import dev.sluice.provider.Subject;

/// Face-to-face payment of Alipay: `alipay.trade.precreate` gives the `qr_code` to show. No trade exists before it is scanned.
///
/// Source: opendocs.alipay.com, `alipay.trade.precreate`
public final class AlipayQrPayment implements QrPayment {
    private static final String NODE = "alipay_trade_precreate_response";
    /// Codes that do not say that there is no order.
    private static final Set<String> UNDECIDED = Set.of("ACQ.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "ACQ.CONTEXT_INCONSISTENT");

    private final AlipayMerchant merchant;
    private final AlipaySignature signature;
    private final AlipayClient client;

    /// Speaks for the given account.
    ///
    /// @throws IllegalStateException when Alipay's SDK does not take it
    public AlipayQrPayment(AlipayMerchant merchant) {
        this.merchant = merchant;
        this.signature = new AlipaySignature(merchant.verifying().alipayPublicKey());
        this.client = AlipaySdk.open(merchant);
    }

    @Override
    public Provider provider() {
        return Provider.ALIPAY;
    }

    @Override
    public Merchant merchant() {
        return merchant.verifying().merchant();
    }

    @Override
    public QrAnswer create(QrOrder order) {
        var model = new AlipayTradePrecreateModel();
        model.setOutTradeNo(order.tradeNumber().value());
        model.setTotalAmount(order.money().yuan());
        model.setSubject(Subject.clean(order.subject()));
        model.setSellerId(merchant().merchantId());
        model.setTimeExpire(BeijingTime.SPACED.write(order.expiresAt()));
        var request = new AlipayTradePrecreateRequest();
        request.setBizModel(model);
        request.setNotifyUrl(order.notifyUrl().toString());
        try {
            return understand(client.execute(request));
        } catch (AlipayApiException | RuntimeException e) {
            // The SDK throws NullPointerException, IllegalArgumentException and others for answers that it does not like.
            return new QrAnswer.Unknown("no usable answer: " + e.getClass().getSimpleName());
        }
    }

    /// The SDK lets failures without a signature through, so the signature is checked here, once more and for every answer.
    private QrAnswer understand(AlipayTradePrecreateResponse response) {
        var node = AlipayAnswer.signedNode(response.getBody(), NODE, signature);
        return node.map(AlipayQrPayment::understand).orElseGet(() -> new QrAnswer.Unknown("the answer is not signed by Alipay"));
    }

    private static QrAnswer understand(JsonNode node) {
        String code = node.path("code").asString("");
        String subCode = node.path("sub_code").asString("");
        String payUrl = node.path("qr_code").asString("");
        if (code.equals("10000")) {
            return payUrl.isEmpty() ? new QrAnswer.Unknown("success without qr_code") : new QrAnswer.Code(payUrl);
        }
        boolean decided = code.equals("40004") && !subCode.isEmpty() && !UNDECIDED.contains(subCode);
        return decided ? new QrAnswer.Refused(subCode) : new QrAnswer.Unknown("code " + code + " " + subCode);
    }
}
