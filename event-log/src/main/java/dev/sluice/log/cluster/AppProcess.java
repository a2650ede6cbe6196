package dev.sluice.log.cluster;

import org.springframework.boot.SpringApplication;

/// An app as a process of its own.
public final class AppProcess {
    private AppProcess() {}

    /// Starts the app. A Kafka or PostgreSQL that is misconfigured ends the process with one line and [MisconfiguredException#EXIT_CODE].
    public static void run(SpringApplication application, String... arguments) {
        run(application, () -> {}, arguments);
    }

    /// The same, after a check.
    ///
    /// @param check throws [MisconfiguredException]
    public static void run(SpringApplication application, Runnable check, String... arguments) {
        try {
            check.run();
            application.run(arguments);
        } catch (RuntimeException e) {
            MisconfiguredException.in(e).ifPresent(fault -> {
                System.err.println(fault.getMessage());
                System.exit(MisconfiguredException.EXIT_CODE);
            });
            throw e;
        }
    }
}
