package dev.sluice.setting;

import java.util.List;

/// The settings of the installation as a whole: where it is and what it sells.
public final class SalesSettings implements SettingsOwner {
    /// The public address of this installation; providers call `{ServerAddress}/api/wechat/notify`.
    public static final Setting SERVER_ADDRESS = Setting.url("ServerAddress");
    /// Yuan of one unit.
    public static final Setting PRICE = Setting.decimal("Price", "7.3");
    /// Quota in one unit.
    public static final Setting QUOTA_PER_UNIT = Setting.whole("QuotaPerUnit", "500000");
    public static final Setting QUOTA_DISPLAY_TYPE = Setting.text("QuotaDisplayType", "USD");
    /// Factor of the price by the user's group.
    public static final Setting TOPUP_GROUP_RATIO = Setting.ratios("TopupGroupRatio");
    /// Factor of the price by the amount in units.
    public static final Setting AMOUNT_DISCOUNT = Setting.ratios("AmountDiscount");
    /// The amounts that the page offers.
    public static final Setting AMOUNT_OPTIONS = Setting.amounts("AmountOptions", "[10,20,50,100,200,500]");
    public static final Setting ORDER_EXPIRE_MINUTES = Setting.whole("OrderExpireMinutes", "30");
    /// Yuan that one user may order on one day in Beijing; without it there is no limit.
    public static final Setting USER_DAILY_LIMIT = Setting.decimal("UserDailyLimit");
    /// Yuan: refunds of one payment that are more than this in all need a second operator; without it none does.
    public static final Setting REFUND_APPROVAL_ABOVE = Setting.decimal("RefundApprovalAbove", "1000");
    /// What the payer reads.
    public static final Setting TOP_UP_SUBJECT = Setting.text("TopUpSubject", "AI服务充值");
    /// The name of the merchant that payers read.
    public static final Setting MERCHANT_NAME = Setting.text("MerchantName");
    /// Where payers go back to.
    public static final Setting MERCHANT_ADDRESS = Setting.url("MerchantAddress");
    /// What becomes of money that arrives after its order was closed.
    public static final Setting LATE_PAYMENT = Setting.choice("LatePayment", "credit", "credit", "hold");

    @Override
    public List<Setting> ownSettings() {
        return List.of(SERVER_ADDRESS, PRICE, QUOTA_PER_UNIT, QUOTA_DISPLAY_TYPE, TOPUP_GROUP_RATIO, AMOUNT_DISCOUNT, AMOUNT_OPTIONS,
                ORDER_EXPIRE_MINUTES, USER_DAILY_LIMIT, REFUND_APPROVAL_ABOVE, TOP_UP_SUBJECT, MERCHANT_NAME, MERCHANT_ADDRESS,
                LATE_PAYMENT);
    }
}
