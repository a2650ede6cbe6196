package dev.sluice.provider.payment;

import java.net.URI;
import java.time.Instant;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;

/// What a provider needs to create a code. A retry needs exactly the same: WeChat Pay refuses a number with other parameters.
///
/// @param tradeNumber   our number
/// @param money         CNY
/// @param subject       what the payer reads; shortened and cleaned as the provider needs it
/// @param createdAt     when the order was placed
/// @param expiresAt     until when it can be paid
/// @param notifyUrl     where the provider sends its notifications, without query
/// @param clientAddress IP address of the caller who placed the order
public record QrOrder(
        TradeNumber tradeNumber,
        Money money,
        String subject,
        Instant createdAt,
        Instant expiresAt,
        URI notifyUrl,
        String clientAddress) {}
