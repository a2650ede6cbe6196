package dev.sluice.provider.notification;

import java.util.Optional;

import dev.sluice.event.value.TradeNumber;

/// What is known of a message that a provider signed and that is not a payment.
///
/// @param tradeNumber the order that it names
/// @param identity    the same for each repetition of the message, also when what is not signed around it was changed: its signature, or
///                    the provider's number of it
public record SignedMessage(Optional<TradeNumber> tradeNumber, String identity) {
    /// Of a message that names an order, or does not.
    ///
    /// @param tradeNumber as the message has it, legal or not
    public static SignedMessage of(String tradeNumber, String identity) {
        return new SignedMessage(TradeNumber.isLegal(tradeNumber) ? Optional.of(new TradeNumber(tradeNumber)) : Optional.empty(), identity);
    }
}
