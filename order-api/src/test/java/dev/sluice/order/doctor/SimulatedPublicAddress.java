package dev.sluice.order.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.testing.Providers;

/// A reverse proxy by https with a gateway behind it, and everything that goes wrong with such.
final class SimulatedPublicAddress implements AutoCloseable {
    static final byte[] PROBE_KEY = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final char[] PASSWORD = "password".toCharArray();

    enum Mood {
        HEALTHY, ALTERING, OTHER_KEY, REDIRECTING, NOT_ROUTING, HOME_PAGE, LOGIN, GATEWAY_AWAY, HANGING
    }

    volatile Mood mood = Mood.HEALTHY;
    private final SSLContext tls;
    private final HttpServer plain;
    private final HttpServer secure;

    SimulatedPublicAddress(Path folder) throws Exception {
        tls = selfSigned(folder.resolve("proxy.p12"));
        var secured = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(tls));
        secure = started(secured);
        plain = started(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private HttpServer started(HttpServer server) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
        return server;
    }

    String https() {
        return "https://localhost:" + secure.getAddress().getPort();
    }

    String http() {
        return "http://localhost:" + plain.getAddress().getPort();
    }

    /// Trusts this proxy's certificate, and is needed to.
    SSLContext trusting() {
        return tls;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (mood) {
            case HEALTHY -> gateway(exchange, body, PROBE_KEY);
            case ALTERING -> gateway(exchange, new String(body, StandardCharsets.UTF_8).replace("+", " ").strip()
                    .getBytes(StandardCharsets.UTF_8), PROBE_KEY);
            case OTHER_KEY -> gateway(exchange, body, new byte[32]);
            case REDIRECTING -> {
                exchange.getResponseHeaders().add("Location", "https://www.example.com/login");
                answer(exchange, 301, "moved");
            }
            case NOT_ROUTING -> answer(exchange, 404, "nothing here");
            case HOME_PAGE -> answer(exchange, 200, "<html>welcome</html>".repeat(10_000));
            case LOGIN -> answer(exchange, 401, "who are you");
            case GATEWAY_AWAY -> answer(exchange, 502, "bad gateway");
            case HANGING -> hang();
        }
    }

    private static void gateway(HttpExchange exchange, byte[] body, byte[] key) throws IOException {
        Provider provider = exchange.getRequestURI().getPath().contains("wechat") ? Providers.WECHAT : Providers.ALIPAY;
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "");
            return;
        }
        Optional<byte[]> probed = NotificationProbe.answer(key, provider, format(provider), body);
        answer(exchange, 200, probed.map(answer -> new String(answer, StandardCharsets.US_ASCII))
                .orElseGet(() -> format(provider).failure().body()));
    }

    private static void hang() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// The JDK makes certificates with its tool only.
    private static SSLContext selfSigned(Path file) throws Exception {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                "proxy", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype", "PKCS12", "-storepass",
                new String(PASSWORD), "-keystore", file.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return context(file);
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("proxy", store.getCertificate("proxy"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        plain.stop(0);
        secure.stop(0);
    }

    private static NotificationFormat format(Provider provider) {
        return PaymentChannels.installed().find(provider).orElseThrow().notifications();
    }
}
