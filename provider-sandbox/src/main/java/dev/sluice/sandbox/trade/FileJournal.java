package dev.sluice.sandbox.trade;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/// One JSON object per line, only ever appended to. A line counts once its end is written: what a crash left half-written is cut off.
final class FileJournal implements Journal, AutoCloseable {
    private static final String NAME = "provider-sandbox.ndjson";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    /// Not a channel: that would close when the thread of an abandoned request is interrupted.
    private final RandomAccessFile file;
    private long end;

    FileJournal(Path folder) {
        path = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            file = new RandomAccessFile(path.toFile(), "rw");
            end = endOfLastLine();
            file.setLength(end);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open " + path, failure);
        }
    }

    private long endOfLastLine() throws IOException {
        for (long candidate = file.length(); candidate > 0; candidate--) {
            file.seek(candidate - 1);
            if (file.read() == '\n') {
                return candidate;
            }
        }
        return 0;
    }

    @Override
    public void replay(Consumer<Fact> reader) {
        int line = 0;
        try (var lines = Files.newBufferedReader(path, UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                reader.accept(JSON.readValue(text, Fact.class));
            }
        } catch (JacksonException malformed) {
            throw new IllegalStateException("line " + line + " of " + path + " is no fact; move the file away to begin afresh", malformed);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }

    @Override
    public void append(Fact fact) {
        byte[] line = (JSON.writeValueAsString(fact) + "\n").getBytes(UTF_8);
        try {
            // Always to the end of the last whole line: a write that failed half-way is overwritten by the next.
            file.seek(end);
            file.write(line);
            end += line.length;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + path, failure);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
