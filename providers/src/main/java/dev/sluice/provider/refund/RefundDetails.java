package dev.sluice.provider.refund;

import java.time.Instant;
import java.util.Optional;

import dev.sluice.event.value.Money;

/// A refund as the provider has it.
///
/// @param refundId the provider's number of it: `refund_id` of WeChat Pay; Alipay knows it by our number
/// @param money    what was refunded of the payment's amount: the quota follows it
/// @param settled  what of it left the merchant's account: less by coupons that the merchant was not paid for
/// @param at       when the money arrived, as far as the provider names a time
public record RefundDetails(String refundId, Money money, Money settled, Optional<Instant> at) {}
