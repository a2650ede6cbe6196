package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The state of [Trades], in memory and, if there is a folder, in one JSON file for each number. Used by one thread at a time.
final class TradeStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Path folder;
    private final Map<TradeKey, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    TradeStore(@Nullable Path folder) {
        this.folder = folder;
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            try (var files = Files.newDirectoryStream(folder, "*.json")) {
                files.forEach(this::load);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + folder, failure);
        }
    }

    int codeCount() {
        return codes.size();
    }

    Optional<Code> code(String text) {
        return Optional.ofNullable(codes.get(text));
    }

    Optional<Entry> find(TradeKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /// The entry of a number, a new one if missing.
    Entry entry(TradeKey key) {
        return entries.computeIfAbsent(key, Entry::empty);
    }

    void put(Code code) {
        codes.put(code.text(), code);
        entry(code.key()).codes.add(code);
    }

    /// Replaces the file of the entry at once; when this returns, it survives the end of this process (not the loss of power).
    void save(Entry entry) {
        if (folder == null) {
            return;
        }
        // Hexadecimal, as some file systems know no difference between capitals and small letters.
        String name = entry.key.provider() + "-" + HexFormat.of().formatHex(entry.key.number().getBytes(UTF_8));
        Path next = folder.resolve(name + ".next");
        try {
            // As a File: a Path would be written through a channel, which closes when the thread of an abandoned request is interrupted.
            JSON.writeValue(next.toFile(), entry);
            Files.move(next, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JacksonException failure) {
            throw new IllegalStateException("cannot write into " + folder, failure);
        }
    }

    private void load(Path file) {
        try {
            var entry = JSON.readValue(file.toFile(), Entry.class);
            entries.put(entry.key, entry);
            entry.codes.forEach(code -> codes.put(code.text(), code));
        } catch (JacksonException malformed) {
            throw new IllegalStateException("cannot read " + file + "; move the file away to begin afresh", malformed);
        }
    }

    /// The state of one number.
    ///
    /// @param openCodes texts of the codes that a wallet has open
    /// @param transactions by their numbers: the trade, and its second payment
    /// @param unacknowledged trades whose notification is due, by its id
    record Entry(
            TradeKey key,
            List<Code> codes,
            Set<String> openCodes,
            Map<String, Trade> transactions,
            Map<String, Trade> unacknowledged) {

        static Entry empty(TradeKey key) {
            return new Entry(key, new ArrayList<>(), new HashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        /// Without a notification: it is about the same status.
        void replace(Trade trade) {
            transactions.put(trade.transactionId(), trade);
        }

        Optional<Trade> trade() {
            return transactions.values().stream().findFirst();
        }

        void put(Trade trade) {
            transactions.put(trade.transactionId(), trade);
            if (trade.terms().notifyUrl() != null) {
                trade.notificationId().ifPresent(id -> unacknowledged.put(id, trade));
            }
        }
    }
}
