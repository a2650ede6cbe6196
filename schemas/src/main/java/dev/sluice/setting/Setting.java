package dev.sluice.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Every setting, with the name that operators know it by, what it may be and what it is when nobody said.
public enum Setting {
    /// The public address of this installation; providers call `{ServerAddress}/api/wechat/notify`.
    SERVER_ADDRESS("ServerAddress", Kind.URL, null),

    WECHAT_ENABLED("WechatEnabled", Kind.FLAG, "true"),
    WECHAT_APP_ID("WechatAppId", Kind.TEXT, null),
    WECHAT_MCH_ID("WechatMchId", Kind.TEXT, null),
    WECHAT_API_V2_KEY("WechatApiV2Key", Kind.TEXT, null),
    WECHAT_SIGN_TYPE("WechatSignType", Kind.TEXT, "HMAC-SHA256"),
    WECHAT_MIN_TOP_UP("WechatMinTopUp", Kind.WHOLE, "1"),
    WECHAT_GATEWAY_URL("WechatGatewayUrl", Kind.URL, "https://api.mch.weixin.qq.com"),
    /// Where to ask when the gateway cannot be reached. WeChat Pay's own second host when nobody said and the gateway is its first.
    WECHAT_BACKUP_GATEWAY_URL("WechatBackupGatewayUrl", Kind.URL, null),

    ALIPAY_ENABLED("AlipayEnabled", Kind.FLAG, "true"),
    ALIPAY_APP_ID("AlipayAppId", Kind.TEXT, null),
    ALIPAY_SELLER_ID("AlipaySellerId", Kind.TEXT, null),
    ALIPAY_PRIVATE_KEY("AlipayPrivateKey", Kind.TEXT, null),
    ALIPAY_PUBLIC_KEY("AlipayPublicKey", Kind.TEXT, null),
    ALIPAY_MIN_TOP_UP("AlipayMinTopUp", Kind.WHOLE, "1"),
    ALIPAY_GATEWAY_URL("AlipayGatewayUrl", Kind.URL, "https://openapi.alipay.com/gateway.do"),

    /// Yuan of one unit.
    PRICE("Price", Kind.DECIMAL, "7.3"),
    /// Quota in one unit.
    QUOTA_PER_UNIT("QuotaPerUnit", Kind.WHOLE, "500000"),
    QUOTA_DISPLAY_TYPE("QuotaDisplayType", Kind.TEXT, "USD"),
    /// Factor of the price by the user's group.
    TOPUP_GROUP_RATIO("TopupGroupRatio", Kind.RATIOS, "{}"),
    /// Factor of the price by the amount in units.
    AMOUNT_DISCOUNT("AmountDiscount", Kind.RATIOS, "{}"),
    /// The amounts that the page offers.
    AMOUNT_OPTIONS("AmountOptions", Kind.AMOUNTS, "[10,20,50,100,200,500]"),
    ORDER_EXPIRE_MINUTES("OrderExpireMinutes", Kind.WHOLE, "30"),
    /// Yuan that one user may order on one day in Beijing; without it there is no limit.
    USER_DAILY_LIMIT("UserDailyLimit", Kind.DECIMAL, null),
    /// What the payer reads.
    TOP_UP_SUBJECT("TopUpSubject", Kind.TEXT, "AI服务充值"),
    /// What becomes of money that arrives after its order was closed.
    LATE_PAYMENT("LatePayment", Kind.CHOICE, "credit", "credit", "hold");

    /// What a value may be.
    enum Kind {
        TEXT, CHOICE, URL, FLAG, WHOLE, DECIMAL, RATIOS, AMOUNTS
    }

    private static final String SEPARATOR = ",";

    private final String label;
    private final Kind kind;
    private final @Nullable String fallback;
    private final String choices;

    Setting(String label, Kind kind, @Nullable String fallback, String... choices) {
        this.label = label;
        this.kind = kind;
        this.fallback = fallback;
        this.choices = String.join(SEPARATOR, choices);
    }

    /// The name that operators know it by.
    public String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /// What it is when nobody said: JSON, or bare text for the kinds that are text.
    @Nullable
    String fallback() {
        return fallback;
    }

    /// The values of a [Kind#CHOICE].
    List<String> choices() {
        return List.of(choices.split(SEPARATOR, -1));
    }

    static Optional<Setting> ofLabel(String label) {
        return Arrays.stream(values()).filter(setting -> setting.label.equals(label)).findFirst();
    }
}
