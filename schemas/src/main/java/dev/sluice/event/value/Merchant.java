package dev.sluice.event.value;

/// The account that receives the money, in the provider's numbers.
///
/// @param appId      `appid` of WeChat Pay, `app_id` of Alipay
/// @param merchantId `mch_id` of WeChat Pay, `seller_id` of Alipay
public record Merchant(String appId, String merchantId) {}
