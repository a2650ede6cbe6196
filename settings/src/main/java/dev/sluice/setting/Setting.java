package dev.sluice.setting;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.setting.Secrecy;

/// Every setting, with the name that operators know it by, what it may be and what it is when nobody said.
public enum Setting {
    /// The public address of this installation; providers call `{ServerAddress}/api/wechat/notify`.
    SERVER_ADDRESS("ServerAddress", Kind.URL, null),

    WECHAT_ENABLED("WechatEnabled", Kind.FLAG, "true"),
    WECHAT_APP_ID("WechatAppId", Kind.TEXT, null),
    WECHAT_MCH_ID("WechatMchId", Kind.TEXT, null),
    /// With version 2 of WeChat Pay's interface, the key that verifies also signs.
    WECHAT_API_V2_KEY("WechatApiV2Key", Secrecy.VERIFYING),
    /// The key before the last change. Notices signed with it are believed for [#PREVIOUS_HONOURED].
    WECHAT_API_V2_KEY_PREVIOUS("WechatApiV2KeyPrevious", Secrecy.VERIFYING),
    WECHAT_SIGN_TYPE("WechatSignType", Kind.TEXT, "HMAC-SHA256"),
    WECHAT_MIN_TOP_UP("WechatMinTopUp", Kind.WHOLE, "1"),
    WECHAT_GATEWAY_URL("WechatGatewayUrl", Kind.URL, "https://api.mch.weixin.qq.com"),
    /// Where to ask when the gateway cannot be reached. WeChat Pay's own second host when nobody said and the gateway is its first.
    WECHAT_BACKUP_GATEWAY_URL("WechatBackupGatewayUrl", Kind.URL, null),

    ALIPAY_ENABLED("AlipayEnabled", Kind.FLAG, "true"),
    ALIPAY_APP_ID("AlipayAppId", Kind.TEXT, null),
    ALIPAY_SELLER_ID("AlipaySellerId", Kind.TEXT, null),
    ALIPAY_PRIVATE_KEY("AlipayPrivateKey", Secrecy.SIGNING),
    ALIPAY_PUBLIC_KEY("AlipayPublicKey", Secrecy.VERIFYING),
    /// The key before the last change. Notices signed with it are believed for [#PREVIOUS_HONOURED].
    ALIPAY_PUBLIC_KEY_PREVIOUS("AlipayPublicKeyPrevious", Secrecy.VERIFYING),
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

    /// How long a verifying key is believed after it was replaced: providers tell again for a day, and may have signed before.
    public static final Duration PREVIOUS_HONOURED = Duration.ofDays(2);

    private static final String SEPARATOR = ",";
    /// No setting is larger: keys have about 1,700 characters.
    private static final int LONGEST_TEXT = 8192;
    private static final BigDecimal LARGEST_NUMBER = new BigDecimal("1000000");
    /// Few characters can say a number that nobody could multiply.
    private static final int MOST_DECIMALS = 20;
    private static final int LARGEST_PORT = 65_535;

    private final String label;
    private final Kind kind;
    private final @Nullable String fallback;
    private final String choices;
    private final Secrecy secrecy;

    Setting(String label, Kind kind, @Nullable String fallback, String... choices) {
        this(label, kind, fallback, Secrecy.OPEN, choices);
    }

    /// A key.
    Setting(String label, Secrecy secrecy) {
        this(label, Kind.TEXT, null, secrecy);
    }

    Setting(String label, Kind kind, @Nullable String fallback, Secrecy secrecy, String... choices) {
        this.label = label;
        this.kind = kind;
        this.fallback = fallback;
        this.secrecy = secrecy;
        this.choices = String.join(SEPARATOR, choices);
    }

    /// The name that operators know it by.
    public String label() {
        return label;
    }

    /// Who may read it.
    public Secrecy secrecy() {
        return secrecy;
    }

    /// Where the value goes when this one is replaced: keys that verify only.
    public Optional<Setting> previous() {
        return switch (this) {
            case WECHAT_API_V2_KEY -> Optional.of(WECHAT_API_V2_KEY_PREVIOUS);
            case ALIPAY_PUBLIC_KEY -> Optional.of(ALIPAY_PUBLIC_KEY_PREVIOUS);
            default -> Optional.empty();
        };
    }

    /// Whether it is where a replaced key goes: kept by us, with the time of the change, and never read from a file.
    public boolean isPrevious() {
        return this == WECHAT_API_V2_KEY_PREVIOUS || this == ALIPAY_PUBLIC_KEY_PREVIOUS;
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
    private List<String> choices() {
        return List.of(choices.split(SEPARATOR, -1));
    }

    /// Looks whether a value is of its kind, and no further.
    ///
    /// @throws BadSettingException when it is not
    public void check(JsonNode value) {
        boolean good = switch (kind) {
            case TEXT -> value.isString() && value.stringValue().length() <= LONGEST_TEXT;
            case CHOICE -> value.isString() && choices().contains(value.stringValue());
            case URL -> value.isString() && isHttpUrl(value.stringValue());
            case FLAG -> value.isBoolean();
            case WHOLE -> isWhole(value);
            case DECIMAL -> isNumber(value) && value.decimalValue().signum() > 0;
            case RATIOS -> value.isObject() && value.valueStream().allMatch(Setting::isNumber);
            case AMOUNTS -> value.isArray() && value.valueStream().allMatch(Setting::isWhole);
        };
        if (!good) {
            throw switch (kind) {
                case TEXT -> new BadSettingException(this, SettingFault.NOT_TEXT, LONGEST_TEXT);
                case CHOICE -> new BadSettingException(this, SettingFault.NOT_A_CHOICE, String.join(", ", choices()));
                case URL -> new BadSettingException(this, SettingFault.NOT_AN_ADDRESS);
                case FLAG -> new BadSettingException(this, SettingFault.NOT_A_FLAG);
                case WHOLE -> new BadSettingException(this, SettingFault.NOT_A_WHOLE_NUMBER);
                case DECIMAL -> new BadSettingException(this, SettingFault.NOT_A_NUMBER, LARGEST_NUMBER.toPlainString(), MOST_DECIMALS);
                case RATIOS -> new BadSettingException(this, SettingFault.NOT_FACTORS, LARGEST_NUMBER.toPlainString(), MOST_DECIMALS);
                case AMOUNTS -> new BadSettingException(this, SettingFault.NOT_AMOUNTS);
            };
        }
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0 && value.decimalValue().compareTo(LARGEST_NUMBER) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= MOST_DECIMALS;
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= LARGEST_PORT && uri.getQuery() == null
                    && uri.getFragment() == null
                    && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The setting that operators know by the name.
    public static Optional<Setting> ofLabel(String label) {
        return Arrays.stream(values()).filter(setting -> setting.label.equals(label)).findFirst();
    }
}
