package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import dev.sluice.standalone.embedded.FreePort;

/// One demo in a process of its own for the journeys that ask for it in their constructor, since its start is the longest part of most.
/// Each keeps to users of its own. It ends after the last of them, and then must have left no secret behind.
public final class SharedDemo implements ParameterResolver {
    /// The demo, and the keys that it made.
    public record Started(Running sluice, Properties keys, Path data) implements AutoCloseable {
        private static Started now() {
            try {
                Path data = Files.createTempDirectory("sluice-demo").resolve("data");
                Running sluice = Running.demo(data, FreePort.find());
                Properties keys = new Properties();
                try (InputStream in = Files.newInputStream(data.resolve("demo/keys.properties"))) {
                    keys.load(in);
                }
                return new Started(sluice, keys, data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String jwtSecret() {
            return keys.getProperty("jwt-secret");
        }

        @Override
        public void close() {
            sluice.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Started.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return in(context);
    }

    /// The demo of this run, started by the first that asks.
    public static Started in(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started.class, _ -> Started.now(),
                Started.class);
    }
}
