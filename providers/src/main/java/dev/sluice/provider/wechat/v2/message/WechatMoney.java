package dev.sluice.provider.wechat.v2.message;

import java.util.Currency;
import java.util.Map;

import dev.sluice.event.value.Money;

/// The amount in a message of WeChat Pay.
public final class WechatMoney {
    private WechatMoney() {}

    /// `total_fee` is the amount of the order; `cash_fee` would be less by the payer's coupons. CNY when `fee_type` is absent.
    ///
    /// @throws IllegalArgumentException when there is no exact amount
    public static Money of(Map<String, String> fields) {
        String feeType = fields.getOrDefault("fee_type", "");
        Currency currency = feeType.isEmpty() ? Money.CNY : Currency.getInstance(feeType);
        return Money.parseFen(fields.getOrDefault("total_fee", ""), currency);
    }
}
