package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/// The progress of one order, as a page sees it.
record Progress(List<String> states, Thread reader) implements AutoCloseable {
    static Progress open(Shopper shopper, String number) {
        List<String> states = Collections.synchronizedList(new ArrayList<>());
        URI uri = URI.create("http://127.0.0.1:" + shopper.sluice().port + "/api/user/topup/" + number + "/events");
        HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + shopper.token())
                .header("Accept", "text/event-stream").build();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (HttpClient client = HttpClient.newHttpClient()) {
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body().filter(line -> line.startsWith("data:")).forEach(
                        line -> states.add(JsonMapper.shared().readTree(line.substring("data:".length())).path("status").asString()));
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                // The test has seen enough, or the process is gone: the states tell.
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(Running.SOON).until(() -> states.size() >= 2);
        return new Progress(states, reader);
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
