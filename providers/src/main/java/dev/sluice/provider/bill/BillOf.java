package dev.sluice.provider.bill;

import java.time.LocalDate;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;

/// Which bill: of an account and a day.
///
/// @param merchant only its number at the provider counts; one bill is for all of its applications
/// @param day      in Beijing
public record BillOf(Provider provider, Merchant merchant, LocalDate day) {
    /// The provider's number of the account.
    public String account() {
        return merchant.merchantId();
    }
}
