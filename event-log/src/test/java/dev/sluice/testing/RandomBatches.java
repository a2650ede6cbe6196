package dev.sluice.testing;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Hands records over as a follower may: in batches of any size, each of which may begin with what came before.
///
/// @param seed  the same seed gives the same batches
/// @param again the most records that come again, and the most that are new, in a batch
public record RandomBatches(long seed, int again) {
    public <T> void of(List<T> all, Consumer<List<T>> apply) {
        var random = new Random(seed);
        int read = 0;
        while (read < all.size()) {
            int from = Math.max(0, read - random.nextInt(again));
            int to = Math.min(all.size(), read + 1 + random.nextInt(again));
            apply.accept(all.subList(from, to));
            read = to;
        }
    }
}
