package dev.sluice.provider.wechat.v2;

import java.time.Duration;
import java.util.Map;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.ProviderResponse;

/// `POST /pay/closeorder` of WeChat Pay v2.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011987803
final class WechatOrderClosing implements OrderClosing {
    /// "The shortest interval after creation is 5 minutes."
    private static final Duration NOT_BEFORE = Duration.ofMinutes(5);

    private final WechatClient client;

    WechatOrderClosing(WechatClient client) {
        this.client = client;
    }

    @Override
    public Duration minimumOrderAge() {
        return NOT_BEFORE;
    }

    @Override
    public Duration codeLifetimeAfterExpiry() {
        return Duration.ZERO;
    }

    @Override
    public ProviderResponse<CloseResult> close(TradeNumber tradeNumber) {
        return client.call(WechatOperation.CLOSE, tradeNumber)
                .response(fields -> understand(fields, tradeNumber), CloseResult.Unknown::new);
    }

    /// The documents promise no number of the order in the answer.
    private static CloseResult understand(Map<String, String> fields, TradeNumber asked) {
        if (!fields.getOrDefault("out_trade_no", asked.value()).equals(asked.value())) {
            return new CloseResult.Unknown("the answer is about another order");
        }
        if ("SUCCESS".equals(fields.get("result_code"))) {
            return new CloseResult.Closed();
        }
        String code = fields.getOrDefault("err_code", "");
        return switch (code) {
            case "ORDERCLOSED" -> new CloseResult.Closed();
            case "ORDERPAID" -> new CloseResult.AlreadyPaid();
            case "ORDERNOTEXIST" -> new CloseResult.Absent();
            default -> new CloseResult.Unknown(WechatClient.refusal(fields));
        };
    }
}
