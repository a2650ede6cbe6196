package dev.sluice.provider.wechat.v2;

import java.time.Duration;
import java.util.Map;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.Closing;
import dev.sluice.provider.Heard;
import dev.sluice.provider.OrderClosing;

/// `POST /pay/closeorder` of WeChat Pay v2.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011987803
public final class WechatOrderClosing implements OrderClosing {
    /// "The shortest interval after creation is 5 minutes."
    private static final Duration NOT_BEFORE = Duration.ofMinutes(5);

    private final WechatClient client;

    /// Closes orders of the given account.
    public WechatOrderClosing(WechatMerchant merchant) {
        this.client = new WechatClient(merchant);
    }

    @Override
    public Duration notBefore() {
        return NOT_BEFORE;
    }

    @Override
    public Duration payableUnknown() {
        return Duration.ZERO;
    }

    @Override
    public Heard<Closing> close(TradeNumber tradeNumber) {
        var answer = client.call("/pay/closeorder", Map.of("out_trade_no", tradeNumber.value()));
        return new Heard<>(switch (answer) {
            case WechatClient.Answer.Signed(var fields, var _) -> understand(fields);
            case WechatClient.Answer.Unknown unknown -> new Closing.Unknown(unknown.why());
        }, answer.body());
    }

    private static Closing understand(Map<String, String> fields) {
        if ("SUCCESS".equals(fields.get("result_code"))) {
            return new Closing.Closed();
        }
        String code = fields.getOrDefault("err_code", "");
        return switch (code) {
            case "ORDERCLOSED" -> new Closing.Closed();
            case "ORDERPAID" -> new Closing.AlreadyPaid();
            case "ORDERNOTEXIST" -> new Closing.Absent();
            default -> new Closing.Unknown("err_code " + code);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
