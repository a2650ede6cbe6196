package dev.sluice.order.placement;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.RefusedException;
import dev.sluice.event.value.Provider;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;

/// The payment method that a request names.
record AskedMethod(PaymentChannels channels) {
    /// @throws RefusedException when the amount is too large, or there is no such method
    Provider of(long amount, String paymentMethod) {
        if (amount > InputLimits.LARGEST_AMOUNT) {
            throw Refusal.of(OrderCode.AMOUNT_TOO_LARGE).exception();
        }
        return channels.find(paymentMethod).map(PaymentChannel::provider)
                .orElseThrow(() -> Refusal.of(OrderCode.METHOD_UNKNOWN).exception());
    }
}
