package dev.sluice.provider.bill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the columns of a bill are, by the names in its header. Names change with the years, and new columns come.
public final class BillColumns {
    private static final int ABSENT = -1;

    private final Map<String, Integer> byName = new HashMap<>();
    private final int count;

    /// @param names of the header, as they stand
    public BillColumns(List<String> names) {
        count = names.size();
        for (int i = 0; i < count; i++) {
            byName.putIfAbsent(plain(names.get(i)), i);
        }
    }

    /// How many there are.
    public int count() {
        return count;
    }

    /// Where a column is that is needed.
    ///
    /// @param names of it, the current one first
    /// @throws BillRejectedException when it is missing
    public int require(String... names) throws BillRejectedException {
        int found = find(names);
        if (found == ABSENT) {
            throw new BillRejectedException(BillFault.BILL_COLUMN_MISSING, names[0]);
        }
        return found;
    }

    /// Where a column is; negative when it is missing.
    ///
    /// @param names of it, the current one first
    public int find(String... names) {
        for (String name : names) {
            Integer found = byName.get(plain(name));
            if (found != null) {
                return found;
            }
        }
        return ABSENT;
    }

    /// Without blanks, brackets of either width, and the unit in them.
    private static String plain(String name) {
        return name.replaceAll("[\\s　`]", "").replaceAll("[(（]\\+?-?元[)）]", "").replaceAll("[(（)）]", "");
    }
}
