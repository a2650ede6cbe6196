package dev.sluice.order.pricing;

import java.util.Optional;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.WebAddress;

/// The merchant as payers see it.
///
/// @param name    empty when no name is shown
/// @param address where payers go back to; empty when they go nowhere
public record Payee(Optional<String> name, Optional<String> address) {
    /// The payee of the settings.
    ///
    /// @throws BadSettingException when a setting cannot be shown to payers
    public static Payee from(Settings settings) {
        return new Payee(name(settings), address(settings));
    }

    /// The name of the merchant.
    ///
    /// @throws BadSettingException when it is too long
    public static Optional<String> name(Settings settings) {
        Optional<String> name = settings.text(SalesSettings.MERCHANT_NAME).map(String::strip);
        if (name.isPresent() && name.get().codePointCount(0, name.get().length()) > Limits.NAME_LENGTH) {
            throw new BadSettingException(SalesSettings.MERCHANT_NAME, GeneralFault.NAME_LENGTH, Limits.NAME_LENGTH);
        }
        return name;
    }

    /// Where payers go back to.
    ///
    /// @throws BadSettingException when a payer would go there in clear
    public static Optional<String> address(Settings settings) {
        Optional<WebAddress> address = settings.text(SalesSettings.MERCHANT_ADDRESS).flatMap(WebAddress::of);
        if (address.isPresent() && !address.get().scheme().equals("https") && !address.get().isLoopback()) {
            throw new BadSettingException(SalesSettings.MERCHANT_ADDRESS, GeneralFault.NOT_HTTPS);
        }
        return address.map(WebAddress::toString);
    }
}
