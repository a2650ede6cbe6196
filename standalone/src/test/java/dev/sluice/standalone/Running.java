package dev.sluice.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.standalone.embedded.FreePort;
import dev.sluice.standalone.embedded.Passwords;

/// A Sluice in a process of its own, as an operator would run it, seen only from outside.
public final class Running implements AutoCloseable {
    static final Duration SOON = Duration.ofMinutes(1);
    /// Eight JVMs that start at once on two cores take their time.
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public final int port;
    final int managementPort;
    private final Path log;
    private final @Nullable Process process;
    /// Everything it ever answered.
    final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private @Nullable Path demoData;
    private boolean killed;

    private Running(int port, int managementPort, Path log, @Nullable Process process) {
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        this.process = process;
    }

    /// Starts the demo on a folder, and waits until it is ready. Ended and not killed, it must have left no secret behind.
    static Running demo(Path data, int port) {
        Running demo = start(List.of("-cp", System.getProperty("java.class.path"), Standalone.class.getName(), "--demo"),
                Map.of("SLUICE_DATA", data.toString(), "SLUICE_PORT", Integer.toString(port)),
                data.resolveSibling(data.getFileName() + ".log"), port);
        demo.demoData = data;
        return demo;
    }

    /// One that somebody else starts and ends.
    static Running at(int port, int managementPort, Path log) {
        return new Running(port, managementPort, log, null);
    }

    /// Starts a process and waits until it is ready.
    static Running start(List<String> command, Map<String, String> environment, Path log, int port) {
        Running running = begin(command, environment, log, port, FreePort.find());
        running.awaitReady();
        return running;
    }

    /// Starts a process.
    static Running begin(List<String> command, Map<String, String> environment, Path log, int port, int managementPort) {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx640m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_MANAGEMENT_PORT", Integer.toString(managementPort));
        try {
            return new Running(port, managementPort, log, builder.start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitReady() {
        Awaitility.await().atMost(READY_WITHIN).pollInterval(Duration.ofMillis(250)).until(() -> {
            if (process != null && !process.isAlive()) {
                throw new IllegalStateException("Sluice ended: " + log());
            }
            try {
                return manage("/readyz").statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    Path logFile() {
        return log;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String token) throws IOException {
        return send(request(path, token).GET());
    }

    /// Asks for health or metrics.
    HttpResponse<String> manage(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).timeout(Duration.ofSeconds(30)).GET());
    }

    public JsonNode getJson(String path, String token, String... headers) {
        HttpRequest.Builder request = request(path, token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return JsonMapper.shared().readTree(send(request.GET()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode putJson(String path, String token, Map<String, ?> body) {
        HttpRequest.Builder request = request(path, token).header("Content-Type", "application/json");
        try {
            return JsonMapper.shared()
                    .readTree(send(request.PUT(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode postJson(String path, String token, Map<String, ?> body, String... headers) {
        HttpRequest.Builder request = request(path, token).header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return JsonMapper.shared()
                    .readTree(send(request.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Gives the sandbox's providers other manners, for one order or, without a number, for all.
    public void faults(String number, List<String> names) {
        var request = request("/sandbox/faults" + (number.isEmpty() ? "" : "/" + number), "");
        try {
            var answer = send(request.PUT(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(names))));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String post(String path, String contentType, String body) throws IOException {
        return send(request(path, "").header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body))).body();
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answers.add(response.headers().map() + response.body());
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What the ledger itself says, straight from the database in the folder: how often an order was credited, and the user's balance.
    public JdbcClient ledger(Path data) {
        try {
            String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
            return JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres",
                    Passwords.in(data.resolve("postgres-passwords.properties")).of("postgres")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for a process that ends by itself, for its exit status.
    int awaitEnd() {
        killed = true;
        await(Objects.requireNonNull(process));
        return process.exitValue();
    }

    /// As `kill -9` does.
    void kill() {
        killed = true;
        Objects.requireNonNull(process).destroyForcibly();
        await(process);
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            await(process);
        }
        if (demoData != null && !killed) {
            SecretLeaks.ofDemo(demoData).answers(answers).logs(log).topics(demoData.resolve("kafka")).tables(demoData.resolve("postgres"))
                    .holdsNoSecret();
        }
    }
}
