package dev.sluice.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The apps, each with its own context, as if each had its own process, but without a port: their answers pass through their
/// [AppServer]s.
final class Apps implements AutoCloseable {
    /// The apps open no management port: the [ManagementServer] asks them in process.
    private static final String NO_MANAGEMENT_PORT = "--management.server.port=-1";

    private final List<Started> started = new ArrayList<>();

    /// One app and what it needs.
    ///
    /// @param server     of an app that has routes
    /// @param properties for this app only: no app is given what only another needs
    record App(String name, SpringApplication application, Optional<AppServer> server, Map<String, String> properties) {}

    private record Started(String name, ConfigurableApplicationContext context) implements ManagementServer.Observed {
        @Override
        public boolean isReady() {
            var readiness = context.getBean(HealthEndpoint.class).healthForPath("readiness");
            return readiness != null && readiness.getStatus().equals(Status.UP);
        }

        @Override
        public String metrics() {
            return context.getBean(PrometheusMeterRegistry.class).scrape();
        }
    }

    /// Starts them, the first one alone: it sets up the logging of them all.
    static Apps start(List<App> apps, Map<String, String> common) {
        Apps running = new Apps();
        running.started.add(run(apps.getFirst(), common));
        Map<App, CompletableFuture<Started>> starting = new LinkedHashMap<>();
        for (App app : apps.subList(1, apps.size())) {
            var result = new CompletableFuture<Started>();
            Thread.ofPlatform().name("start-" + app.name()).start(() -> complete(result, app, common));
            starting.put(app, result);
        }
        starting.values().forEach(app -> running.started.add(app.join()));
        return running;
    }

    private static void complete(CompletableFuture<Started> result, App app, Map<String, String> common) {
        try {
            result.complete(run(app, common));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static Started run(App app, Map<String, String> common) {
        SpringApplication application = app.application();
        application.setRegisterShutdownHook(false);
        app.server().ifPresentOrElse(server -> application.addInitializers(context -> serveBy(server, context)),
                () -> application.setWebApplicationType(WebApplicationType.NONE));
        List<String> arguments = new ArrayList<>(List.of(NO_MANAGEMENT_PORT));
        common.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        app.properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new Started(app.name(), application.run(arguments.toArray(String[]::new)));
    }

    private static void serveBy(AppServer server, ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactiveWebServerFactory.class, () -> server);
    }

    List<? extends ManagementServer.Observed> observed() {
        return List.copyOf(started);
    }

    /// Each finishes the requests that it has taken.
    @Override
    public void close() {
        started.reversed().forEach(app -> app.context().close());
    }
}
