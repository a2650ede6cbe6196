package dev.sluice.order.pricing;

import java.math.BigDecimal;
import java.util.Optional;

import dev.sluice.event.value.Money;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Settings;

/// Which refunds need a second operator, out of the settings.
///
/// @param approvalAbove refunds of one payment that are more than this in all need approval; empty when none does
public record RefundTerms(Optional<Money> approvalAbove) {
    /// The terms of the settings.
    ///
    /// @throws BadSettingException when the amount is not in fen
    public static RefundTerms from(Settings settings) {
        return new RefundTerms(settings.optionalDecimal(SalesSettings.REFUND_APPROVAL_ABOVE).map(RefundTerms::money));
    }

    private static Money money(BigDecimal yuan) {
        try {
            return Money.ofFen(yuan.movePointRight(2).longValueExact());
        } catch (ArithmeticException e) {
            throw new BadSettingException(SalesSettings.REFUND_APPROVAL_ABOVE, GeneralFault.NOT_YUAN);
        }
    }

    /// Whether a refund needs approval.
    ///
    /// @param inAll refunds of the payment, this one included, so that many small ones are no way around it. Another currency than the
    ///              setting's always needs it
    public boolean needsApproval(Money inAll) {
        return approvalAbove.filter(most -> !most.currency().equals(inAll.currency()) || inAll.minorUnits() > most.minorUnits())
                .isPresent();
    }
}
