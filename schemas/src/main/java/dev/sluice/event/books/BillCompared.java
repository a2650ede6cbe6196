package dev.sluice.event.books;

import java.time.LocalDate;

import dev.sluice.event.value.Provider;

/// A provider's bill of a day was compared with the log.
///
/// @param provider      whose bill
/// @param account       the merchant account: the provider's number of it
/// @param day           the day in Beijing that the bill is of
/// @param version       1 for the first bill of the day that was stored; another content has the next number
/// @param sha256        of the bill's bytes, in hex
/// @param rows          payments and refunds in the bill
/// @param discrepancies differences that were open after the comparison
public record BillCompared(Provider provider, String account, LocalDate day, int version, String sha256, long rows, long discrepancies)
        implements
            BooksFact {
    @Override
    public String naturalKey() {
        return provider + " " + account + " " + day + " " + version + " " + discrepancies;
    }
}
