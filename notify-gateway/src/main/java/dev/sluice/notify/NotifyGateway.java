package dev.sluice.notify;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import dev.sluice.edge.Environment;
import dev.sluice.log.cluster.AppProcess;
import dev.sluice.setting.start.SettingsEnvironment;

/// The process that providers call. It has keys that verify and none that sign, no database, and looks up no order.
@SpringBootApplication
public class NotifyGateway {
    /// The app, ready to run in a process of its own or in one with others.
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(NotifyGateway.class);
        application.setDefaultProperties(Map.of("spring.config.name", "notify-gateway"));
        return application;
    }

    public static void main(String[] args) {
        Environment.need(SettingsEnvironment::complaints, Environment.KAFKA, Environment.PROXIES);
        AppProcess.run(application(), args);
    }
}
