package dev.sluice.credit;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.sluice.edge.Environment;
import dev.sluice.log.cluster.AppProcess;
import dev.sluice.log.database.DatabaseCheck;

/// The process that moves quota. It reads and appends to the log, owns the schema `ledger`, and cannot call out.
@SpringBootApplication
@EnableScheduling
public class RechargeWorker {
    /// The app, ready to run in a process of its own or in one with others.
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(RechargeWorker.class);
        application.setDefaultProperties(Map.of("spring.config.name", "recharge-worker"));
        return application;
    }

    public static void main(String[] args) {
        Environment.need(Environment.KAFKA, Environment.POSTGRES, Environment.JWT, Environment.PROXIES);
        AppProcess.run(application(), () -> DatabaseCheck.of(Environment.withSecrets(System.getenv())).run(), args);
    }
}
