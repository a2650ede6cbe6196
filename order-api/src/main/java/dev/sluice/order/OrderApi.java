package dev.sluice.order;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.sluice.edge.Environment;
import dev.sluice.log.cluster.AppProcess;
import dev.sluice.log.database.DatabaseCheck;
import dev.sluice.setting.start.SettingsEnvironment;

/// The process that front ends call. It owns the schema `orders` and requests codes from the providers.
@SpringBootApplication
@EnableScheduling
public class OrderApi {
    /// The app, ready to run in a process of its own or in one with others.
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(OrderApi.class);
        application.setDefaultProperties(Map.of("spring.config.name", "order-api"));
        return application;
    }

    public static void main(String[] args) {
        Environment.need(SettingsEnvironment::complaints, Environment.KAFKA, Environment.POSTGRES, Environment.JWT,
                Environment.PROXIES, Environment.HOSTS, Environment.CONSOLE_HOSTS);
        AppProcess.run(application(), () -> DatabaseCheck.of(Environment.withSecrets(System.getenv())).run(), args);
    }
}
