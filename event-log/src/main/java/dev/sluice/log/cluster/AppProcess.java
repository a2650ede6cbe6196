package dev.sluice.log.cluster;

import org.springframework.boot.SpringApplication;

/// An app as a process of its own.
public final class AppProcess {
    private AppProcess() {}

    /// Starts the app. A log that is misconfigured ends the process with one line and [MisconfiguredLogException#EXIT_CODE].
    public static void run(SpringApplication application, String... arguments) {
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            if (MisconfiguredLogException.caused(e)) {
                System.exit(MisconfiguredLogException.EXIT_CODE);
            }
            throw e;
        }
    }
}
