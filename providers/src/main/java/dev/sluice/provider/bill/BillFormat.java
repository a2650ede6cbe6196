package dev.sluice.provider.bill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// How a provider writes its bills.
public interface BillFormat {
    /// Reads a bill, whatever its size, and gives away each row as soon as it is read. The bill is right only when this returns: what was
    /// given away before is to be forgotten when it throws.
    ///
    /// @return the totals, which the rows and the provider's own summary agree on
    /// @throws BillRejectedException when it is not a whole bill of that account and day
    /// @throws IOException           when the file cannot be read
    BillTotals read(Path file, BillOf of, Consumer<BillRow> rows) throws BillRejectedException, IOException;

    /// The text of some lines of a bill, as evidence.
    ///
    /// @param numbers as rows name them
    /// @return by number
    /// @throws BillRejectedException when it is no bill
    /// @throws IOException           when the file cannot be read
    Map<Integer, String> lines(Path file, Set<Integer> numbers) throws BillRejectedException, IOException;
}
