package dev.sluice.order.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The files below a folder of the class path, all in memory: a request finds one of these or none, whatever its path is.
final class PageFiles {
    private static final String COMPRESSED = ".gz";

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = files;
    }

    /// Reads them; none, when no pages were built.
    ///
    /// @param folder with a slash at its end
    static PageFiles read(String folder) {
        try {
            Map<String, byte[]> contents = new HashMap<>();
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "**")) {
                String address = resource.getURL().toString();
                if (!address.endsWith("/")) {
                    contents.put(address.substring(address.lastIndexOf("/" + folder) + folder.length()), resource.getContentAsByteArray());
                }
            }
            return new PageFiles(contents.entrySet().stream().filter(file -> !file.getKey().endsWith(COMPRESSED)).collect(Collectors.toMap(
                    Map.Entry::getKey,
                    file -> new PageFile(file.getKey(), file.getValue(), contents.get(file.getKey() + COMPRESSED)))));
        } catch (FileNotFoundException e) {
            return new PageFiles(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("the pages cannot be read", e);
        }
    }

    /// The file at a path that begins with a slash.
    Optional<PageFile> at(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
