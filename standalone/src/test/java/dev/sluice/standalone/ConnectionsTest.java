package dev.sluice.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.sluice.edge.TrustedProxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What a stranger may keep open on the public port.
class ConnectionsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void closesWhatIsBeyondTheLimitOfOneAddressAndTakesOthersAgainAfterwards() throws Exception {
        PublicServer server = server(new Connections(new Connections.Limits(100, 3, LONG), _ -> false));
        List<Socket> held = List.of(connect(server), connect(server), connect(server));
        assertThat(held).allMatch(socket -> answers(socket));

        assertThat(closed(connect(server))).isTrue();

        held.getFirst().close();
        await().atMost(SOON).until(() -> answers(connect(server)));
    }

    @Test
    void aReverseProxyMayHoldMoreButNotMoreThanAll() throws Exception {
        PublicServer server = server(new Connections(new Connections.Limits(5, 3, LONG), _ -> true));
        for (int i = 0; i < 5; i++) {
            assertThat(answers(connect(server))).isTrue();
        }

        assertThat(closed(connect(server))).isTrue();
    }

    @Test
    void peersOnThisMachineAndTrustedOnesAreTakenForReverseProxies() throws Exception {
        PublicServer server = server(Connections.of(TrustedProxies.NONE));
        for (int i = 0; i <= Connections.Limits.PUBLIC.ofOneAddress(); i++) {
            assertThat(answers(connect(server))).isTrue();
        }
    }

    @Test
    void closesAConnectionThatSendsNoRequestAndKeepsOneThatDid() throws Exception {
        PublicServer server = server(new Connections(new Connections.Limits(100, 100, Duration.ofMillis(500)), _ -> false));
        Socket silent = connect(server);
        Socket slow = connect(server);
        slow.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        Socket asked = connect(server);
        assertThat(answers(asked)).isTrue();

        assertThat(closed(silent)).isTrue();
        assertThat(closed(slow)).isTrue();
        await().pollDelay(Duration.ofMillis(600)).until(() -> answers(asked));
    }

    private PublicServer server(Connections connections) {
        PublicServer server = PublicServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Set.of(), connections);
        open.add(server);
        return server;
    }

    private Socket connect(PublicServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) SOON.toMillis());
        open.add(socket);
        return socket;
    }

    /// Sends a request and reads the beginning of its answer.
    private static boolean answers(Socket socket) {
        try {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] read = new byte[4096];
            int length = socket.getInputStream().read(read);
            return length > 0 && new String(read, 0, length, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 404");
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether the server ends it.
    private static boolean closed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }
}
