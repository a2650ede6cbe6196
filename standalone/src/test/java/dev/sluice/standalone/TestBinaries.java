package dev.sluice.standalone;

import java.nio.file.Path;

/// Where the servers that tests start in this JVM have their programs. The library unpacks them once for a JVM, so the folder must outlive
/// each test.
final class TestBinaries {
    static final Path FOLDER = Path.of("target/postgres-binaries").toAbsolutePath();

    private TestBinaries() {}
}
