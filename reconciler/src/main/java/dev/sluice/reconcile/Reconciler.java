package dev.sluice.reconcile;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.sluice.edge.Environment;
import dev.sluice.log.cluster.AppProcess;
import dev.sluice.log.database.DatabaseCheck;
import dev.sluice.setting.start.SettingsEnvironment;

/// The process that finds lost payments and closes expired orders. It follows the log, owns the schema `recon`, and queries the providers.
@SpringBootApplication
public class Reconciler {
    /// The app, ready to run in a process of its own or in one with others.
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(Reconciler.class);
        application.setDefaultProperties(Map.of("spring.config.name", "reconciler"));
        return application;
    }

    public static void main(String[] args) {
        Environment.need(SettingsEnvironment::complaints, Environment.KAFKA, Environment.POSTGRES, Environment.JWT,
                Environment.PROXIES);
        AppProcess.run(application(), () -> DatabaseCheck.of(Environment.withSecrets(System.getenv())).run(), args);
    }
}
