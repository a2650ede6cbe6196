package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// A port on the loopback interface that was free a moment ago. It is below 32768, from where on systems assign ports by themselves, and
/// this process does not return it again soon, so it is likely to be free a while later, too.
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int NUMBER = 12_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(NUMBER));

    private FreePort() {}

    public static int find() {
        for (int tries = 0; tries < NUMBER; tries++) {
            int port = FIRST + NEXT.getAndUpdate(last -> (last + 1) % NUMBER);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // In use: the next one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " on is free");
    }
}
