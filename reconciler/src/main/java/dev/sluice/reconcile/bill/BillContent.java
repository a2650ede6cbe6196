package dev.sluice.reconcile.bill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The content of bills, compressed, in pieces. What came compressed stays as it is.
@Component
public class BillContent {
    private final JdbcClient jdbc;

    public BillContent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The hash of the text of a bill; of an archive, of its bytes. GZIP writes the time of packing into its bytes, so they differ from
    /// download to download.
    ///
    /// @throws IOException when the file cannot be read, or is cut
    static String sha256(Path file) throws IOException {
        try (InputStream in = isGzip(file) ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[Limits.CHUNK_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// @throws IOException when the file cannot be read
    void store(long billId, Path file) throws IOException {
        if (isGzip(file) || isArchive(file)) {
            storeBytes(billId, file);
            return;
        }
        Path packed = Files.createTempFile("sluice-bill", ".gz");
        try {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed), Limits.CHUNK_BYTES)) {
                Files.copy(file, out);
            }
            storeBytes(billId, packed);
        } finally {
            Files.delete(packed);
        }
    }

    private void storeBytes(long billId, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] chunk = in.readNBytes(Limits.CHUNK_BYTES); chunk.length > 0; chunk = in.readNBytes(Limits.CHUNK_BYTES)) {
                jdbc.sql("insert into recon.bill_chunk (bill_id, number, content) values (:billId, :number, :content)")
                        .param("billId", billId).param("number", number++).param("content", chunk).update();
            }
        }
    }

    /// Writes a bill into a file, as its format reads it.
    ///
    /// @throws IOException when it cannot be written
    public void restore(long billId, Path into) throws IOException {
        try (OutputStream out = Files.newOutputStream(into)) {
            int number = 0;
            byte[] chunk = chunk(billId, number);
            while (chunk.length > 0) {
                out.write(chunk);
                chunk = chunk(billId, ++number);
            }
        }
    }

    private byte[] chunk(long billId, int number) {
        return jdbc.sql("select content from recon.bill_chunk where bill_id = :billId and number = :number").param("billId", billId)
                .param("number", number).query((row, _) -> row.getBytes("content")).optional().orElse(new byte[0]);
    }

    private static boolean isGzip(Path file) throws IOException {
        return startsWith(file, 0x1F, 0x8B);
    }

    private static boolean isArchive(Path file) throws IOException {
        return startsWith(file, 'P', 'K');
    }

    private static boolean startsWith(Path file, int first, int second) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == first && in.read() == second;
        }
    }
}
