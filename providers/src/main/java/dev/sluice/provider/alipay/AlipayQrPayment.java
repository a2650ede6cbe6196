package dev.sluice.provider.alipay;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.alipay.api.AlipayClient;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.response.AlipayTradePrecreateResponse;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.Merchant;
import dev.sluice.event.Provider;
import dev.sluice.event.TradeNumber;
import dev.sluice.provider.BeijingTime;
import dev.sluice.provider.QrAnswer;
import dev.sluice.provider.QrOrder;
import dev.sluice.provider.QrPayment;
import dev.sluice.provider.Subject;

/// Face-to-face payment of Alipay: `alipay.trade.precreate` gives the `qr_code` to show. No trade exists before it is scanned.
///
/// Source: opendocs.alipay.com, `alipay.trade.precreate`
public final class AlipayQrPayment implements QrPayment, AutoCloseable {
    private static final String NODE = "alipay_trade_precreate_response";
    /// Codes that say that there is no trade and will be none. Any other leaves it open.
    private static final Set<String> FINAL = Set
            .of("ACQ.ACCESS_FORBIDDEN", "ACQ.EXIST_FORBIDDEN_WORD", "ACQ.PARTNER_ERROR", "ACQ.TOTAL_FEE_EXCEED", "ACQ.INVALID_PARAMETER",
                    "ACQ.TRADE_HAS_CLOSE");
    /// For connecting and reading together, however slowly the bytes come.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);

    private final AlipayMerchant merchant;
    private final AlipaySignature signature;
    private final AlipayClient client;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

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
        Future<QrAnswer> answer = calls.submit(() -> understand(client.execute(request), order.tradeNumber()));
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // The SDK throws NullPointerException, IllegalArgumentException and others for answers that it does not like.
            return new QrAnswer.Unknown("no usable answer: " + String.valueOf(e.getCause()).split(":", 2)[0]);
        } catch (TimeoutException e) {
            return new QrAnswer.Unknown("no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new QrAnswer.Unknown("interrupted");
        } finally {
            // Closes the socket of a call that still waits: a virtual thread's reading can be interrupted.
            answer.cancel(true);
        }
    }

    /// The SDK lets failures without a signature through, so the signature is checked here, once more and for every answer.
    private QrAnswer understand(AlipayTradePrecreateResponse response, TradeNumber asked) {
        var node = AlipayAnswer.signedNode(response.getBody(), NODE, signature);
        return node.map(each -> understand(each, asked)).orElseGet(() -> new QrAnswer.Unknown("the answer is not signed by Alipay"));
    }

    private static QrAnswer understand(JsonNode node, TradeNumber asked) {
        String code = node.path("code").asString("");
        String subCode = node.path("sub_code").asString("");
        String payUrl = node.path("qr_code").asString("");
        if (code.equals("10000")) {
            boolean ours = asked.value().equals(node.path("out_trade_no").asString(""));
            return payUrl.isEmpty() || !ours ? new QrAnswer.Unknown("success without qr_code for our order") : new QrAnswer.Code(payUrl);
        }
        return code.equals("40004") && FINAL.contains(subCode)
                ? new QrAnswer.Refused(subCode)
                : new QrAnswer.Unknown("code " + code + " " + subCode);
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
