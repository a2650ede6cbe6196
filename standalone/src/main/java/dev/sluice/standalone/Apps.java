package dev.sluice.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.sluice.edge.TrustedProxies;
import dev.sluice.standalone.FrontDoor.Room;

/// The apps, each with its own context and its own port on the loopback interface, as if each had its own process. On where a request
/// came from they take the [FrontDoor]'s word.
final class Apps implements AutoCloseable {
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();

    /// One app and what it needs.
    ///
    /// @param prefixes   of the paths that are its own
    /// @param properties for this app only: no app is given what only another needs
    record App(String name, SpringApplication application, List<String> prefixes, Map<String, String> properties) {}

    /// Starts them, the first one alone: it sets up the logging of them all.
    static Apps start(List<App> apps, Map<String, String> common) {
        Apps started = new Apps();
        started.add(apps.getFirst(), run(apps.getFirst(), common));
        Map<App, CompletableFuture<ConfigurableApplicationContext>> starting = new LinkedHashMap<>();
        for (App app : apps.subList(1, apps.size())) {
            var result = new CompletableFuture<ConfigurableApplicationContext>();
            Thread.ofPlatform().name("start-" + app.name()).start(() -> complete(result, app, common));
            starting.put(app, result);
        }
        starting.forEach((app, context) -> started.add(app, context.join()));
        return started;
    }

    private static void complete(CompletableFuture<ConfigurableApplicationContext> result, App app, Map<String, String> common) {
        try {
            result.complete(run(app, common));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static ConfigurableApplicationContext run(App app, Map<String, String> common) {
        SpringApplication application = app.application();
        application.setRegisterShutdownHook(false);
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--" + TrustedProxies.VARIABLE + "=127.0.0.1"));
        common.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        app.properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return application.run(arguments.toArray(String[]::new));
    }

    private void add(App app, ConfigurableApplicationContext context) {
        contexts.add(context);
        String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
        rooms.add(new Room(app.name(), Integer.parseInt(port), app.prefixes()));
    }

    List<Room> rooms() {
        return List.copyOf(rooms);
    }

    @Override
    public void close() {
        contexts.reversed().forEach(ConfigurableApplicationContext::close);
    }
}
