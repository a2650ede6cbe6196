package dev.sluice.provider.bill;

import java.nio.file.Path;
import java.time.LocalDate;

/// Asks a provider for the bill of a day. Providers make the bill of a day in the next morning, and ask not to be called before 10:00.
@FunctionalInterface
public interface BillDownload {
    /// Asks, and stores the bill as the provider sent it. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the bounds of a download allow and no longer.
    ///
    /// @param day  in Beijing
    /// @param into is written when the answer is [BillAnswer.Bill]; what it holds after another answer has no meaning
    BillAnswer download(LocalDate day, Path into);
}
