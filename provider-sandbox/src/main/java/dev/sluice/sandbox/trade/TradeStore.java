package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// All codes and trades, in memory and, if there is a folder, in one JSON file. Used by one thread at a time.
///
/// [#save] replaces the whole file at once, so a crash leaves the old state or the new one. That is fit for thousands of trades.
final class TradeStore {
    static final String FILE_NAME = "provider-sandbox.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Path file;
    private final Map<String, Code> codes = new LinkedHashMap<>();
    private final Map<TradeKey, Code> latestCodes = new HashMap<>();
    private final Set<String> openCodes = new HashSet<>();
    private final Map<TradeKey, Trade> trades = new LinkedHashMap<>();
    private final Map<TradeKey, Trade> secondPayments = new LinkedHashMap<>();
    private final Map<String, Trade> unacknowledged = new LinkedHashMap<>();

    TradeStore(@Nullable Path folder) {
        file = folder == null ? null : folder.resolve(FILE_NAME);
        if (file != null && Files.exists(file)) {
            load(file);
        } else if (folder != null) {
            create(folder);
        }
    }

    int codeCount() {
        return codes.size();
    }

    Optional<Code> code(String text) {
        return Optional.ofNullable(codes.get(text));
    }

    Optional<Code> latestCode(TradeKey key) {
        return Optional.ofNullable(latestCodes.get(key));
    }

    boolean isOpen(Code code) {
        return openCodes.contains(code.text());
    }

    boolean hasOpenCode(TradeKey key) {
        return openCodes.stream().anyMatch(text -> code(text).filter(code -> code.key().equals(key)).isPresent());
    }

    Optional<Trade> trade(TradeKey key) {
        return Optional.ofNullable(trades.get(key));
    }

    /// The second transaction under the same number.
    Optional<Trade> secondPayment(TradeKey key) {
        return Optional.ofNullable(secondPayments.get(key));
    }

    /// The first or second transaction with a provider's number.
    Optional<Trade> transaction(String transactionId) {
        return Stream.concat(trades.values().stream(), secondPayments.values().stream())
                .filter(trade -> trade.transactionId().equals(transactionId))
                .findFirst();
    }

    /// Trades whose notification is due, oldest first.
    List<Trade> unacknowledged() {
        return List.copyOf(unacknowledged.values());
    }

    void put(Code code) {
        codes.put(code.text(), code);
        latestCodes.put(code.key(), code);
    }

    void putOpen(Code code) {
        openCodes.add(code.text());
    }

    void removeOpen(Code code) {
        openCodes.remove(code.text());
    }

    void put(Trade trade) {
        trades.put(trade.key(), trade);
        putUnacknowledged(trade);
    }

    void putSecondPayment(Trade trade) {
        secondPayments.put(trade.key(), trade);
        putUnacknowledged(trade);
    }

    void removeUnacknowledged(String notificationId) {
        unacknowledged.remove(notificationId);
    }

    private void putUnacknowledged(Trade trade) {
        if (trade.terms().notifyUrl() != null) {
            trade.notificationId().ifPresent(id -> unacknowledged.put(id, trade));
        }
    }

    /// Writes the present state; when this returns, it survives the end of this process (not the loss of power).
    void save() {
        if (file == null) {
            return;
        }
        Path next = file.resolveSibling(FILE_NAME + ".next");
        try {
            // As a File: a Path would be written through a channel, which closes when the thread of an abandoned request is interrupted.
            JSON.writeValue(next.toFile(), new Snapshot(
                    List.copyOf(codes.values()), openCodes, List.copyOf(trades.values()), List.copyOf(secondPayments.values()),
                    unacknowledged()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JacksonException failure) {
            throw new IllegalStateException("cannot write " + file, failure);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot create " + folder, failure);
        }
    }

    private void load(Path from) {
        try {
            var snapshot = JSON.readValue(from.toFile(), Snapshot.class);
            snapshot.codes.forEach(this::put);
            openCodes.addAll(snapshot.openCodes);
            snapshot.trades.forEach(trade -> trades.put(trade.key(), trade));
            snapshot.secondPayments.forEach(trade -> secondPayments.put(trade.key(), trade));
            snapshot.unacknowledged.forEach(this::putUnacknowledged);
        } catch (JacksonException malformed) {
            throw new IllegalStateException("cannot read " + from + "; move the file away to begin afresh", malformed);
        }
    }

    private record Snapshot(
            List<Code> codes, Set<String> openCodes, List<Trade> trades, List<Trade> secondPayments, List<Trade> unacknowledged) {}
}
