package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;

/// Another release of PostgreSQL than the embedded one, as operators have it. The build puts them into a folder: `standalone/pom.xml`.
record PostgresRelease(Path jar) implements PgBinaryResolver {
    private static final Path FOLDER = Path.of("target/postgres-releases");

    static List<PostgresRelease> all() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().map(PostgresRelease::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the build has put no release there", e);
        }
    }

    @Override
    public InputStream getPgBinary(String system, String machine) throws IOException {
        FileSystem contents = FileSystems.newFileSystem(jar);
        try (var files = Files.list(contents.getPath("/"))) {
            return Files.newInputStream(files.filter(file -> file.toString().endsWith(".txz")).findFirst().orElseThrow());
        }
    }

    /// A server with the database and the role `operators`.
    EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedPostgres.builder().setPgBinaryResolver(this).setOverrideWorkingDirectory(TestBinaries.FOLDER.toFile())
                .setDataDirectory(data).start();
    }

    @Override
    public String toString() {
        return jar.getFileName().toString().replaceAll(".*-|\\.jar$", "");
    }
}
