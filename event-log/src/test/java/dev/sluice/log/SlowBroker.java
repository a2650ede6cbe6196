package dev.sluice.log;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A broker with a slow disk: stands between clients and a broker, and holds each answer to an append back, one after the other, as a
/// broker that flushes does.
final class SlowBroker implements AutoCloseable {
    private static final short PRODUCE = 0;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String host;
    private final int port;
    private final Duration perAppend;
    /// Requests that append.
    final AtomicInteger appends = new AtomicInteger();

    SlowBroker(String brokers, Duration perAppend) throws IOException {
        // A single one.
        host = brokers.substring(0, brokers.indexOf(':'));
        port = Integer.parseInt(brokers.substring(brokers.indexOf(':') + 1));
        this.perAppend = perAppend;
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return host + ":" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(host, port);
                Map<Integer, Short> asked = new ConcurrentHashMap<>();
                Thread.ofVirtual().start(() -> pass(client, broker, request -> {
                    ByteBuffer head = ByteBuffer.wrap(request);
                    short api = head.getShort();
                    head.getShort();
                    asked.put(head.getInt(), api);
                    return request;
                }));
                Thread.ofVirtual().start(() -> pass(broker, client, answer -> {
                    if (asked.remove(ByteBuffer.wrap(answer).getInt()) == PRODUCE) {
                        appends.incrementAndGet();
                        Thread.sleep(perAppend);
                    }
                    return readdressed(answer);
                }));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private interface Step {
        byte[] take(byte[] frame) throws IOException, InterruptedException;
    }

    private static void pass(Socket from, Socket to, Step step) {
        try (from; to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            while (true) {
                byte[] frame = step.take(in.readNBytes(in.readInt()));
                out.writeInt(frame.length);
                out.write(frame);
                out.flush();
            }
        } catch (IOException e) {
            // One of the two is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The broker's metadata lead clients here too: where its address stands, ours does.
    private byte[] readdressed(byte[] answer) {
        byte[] theirs = address(port);
        byte[] ours = address(server.getLocalPort());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < answer.length) {
            if (i + theirs.length <= answer.length && Arrays.equals(answer, i, i + theirs.length, theirs, 0, theirs.length)) {
                out.writeBytes(ours);
                i += theirs.length;
            } else {
                out.write(answer[i++]);
            }
        }
        return out.toByteArray();
    }

    private byte[] address(int ofPort) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(ofPort).array();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
