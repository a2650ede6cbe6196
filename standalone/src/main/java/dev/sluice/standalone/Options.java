package dev.sluice.standalone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.sluice.edge.Environment;
import dev.sluice.log.DiskSpace;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.Settings;

/// What the operator wants, out of the command line and the environment.
///
/// @param demo       whether to bring a sandbox, keys and users along
/// @param address    where the one public port is
/// @param management where health and metrics are
/// @param data       where everything is kept
/// @param kafka      addresses of a Kafka to use instead of one's own
/// @param postgres   JDBC URL of a PostgreSQL to use instead of one's own
/// @param given      the environment, for the apps
record Options(boolean demo, InetSocketAddress address, InetSocketAddress management, Path data, Optional<String> kafka,
        Optional<String> postgres,
        Map<String, String> given) {
    private static final String DEMO = "--demo";
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_MANAGEMENT_PORT = 9090;
    private static final String ADDRESS = "SLUICE_ADDRESS";
    private static final String MANAGEMENT_ADDRESS = "SLUICE_MANAGEMENT_ADDRESS";
    private static final int LARGEST_PORT = 65_535;

    /// @throws IllegalArgumentException with one line for each thing that is wrong or missing
    static Options of(List<String> arguments, Map<String, String> environment) {
        List<String> complaints = new ArrayList<>();
        arguments.stream().filter(argument -> !argument.equals(DEMO))
                .map(argument -> "unknown argument " + argument + ": only --demo is known").forEach(complaints::add);
        boolean demo = arguments.contains(DEMO);
        if (demo && text(environment, "SLUICE_SETTINGS").isPresent()) {
            complaints.add("--demo brings its own settings: take SLUICE_SETTINGS or --demo away");
        }
        if (!demo || text(environment, "SLUICE_JWT_SECRET").isPresent()) {
            complaints.addAll(Environment.complaints(environment, Environment.JWT));
        }
        if (!demo) {
            complaints.addAll(settingsComplaints(environment));
        }
        complaints.addAll(masterKeyComplaints(environment));
        if (text(environment, "SLUICE_POSTGRES").isPresent()) {
            complaints.addAll(Environment.complaints(environment, Environment.POSTGRES));
        }
        complaints.addAll(kafkaComplaints(environment));
        complaints.addAll(diskComplaints(environment));
        complaints.addAll(Environment.complaints(environment, Environment.PROXIES, Environment.HOSTS, Environment.CONSOLE_HOSTS));
        InetSocketAddress address = address(environment, ADDRESS, port(environment, "SLUICE_PORT", DEFAULT_PORT, complaints), complaints);
        if (demo && !address.getAddress().isLoopbackAddress()) {
            complaints.add("--demo listens on this machine only, as its sandbox obeys every caller: take " + ADDRESS + " or --demo away");
        }
        int managementPort = port(environment, "SLUICE_MANAGEMENT_PORT", DEFAULT_MANAGEMENT_PORT, complaints);
        InetSocketAddress management = address(environment, MANAGEMENT_ADDRESS, managementPort, complaints);
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), complaints));
        }
        Path data = Path.of(text(environment, "SLUICE_DATA").orElse("data")).toAbsolutePath().normalize();
        return new Options(demo, address, management, data, text(environment, "SLUICE_KAFKA"), text(environment, "SLUICE_POSTGRES"),
                Map.copyOf(environment));
    }

    /// Includes what only the providers' own rules find wrong: reported before anything is started.
    private static List<String> settingsComplaints(Map<String, String> environment) {
        try {
            Settings settings = Settings.bootstrap(environment.getOrDefault("SLUICE_SETTINGS", ""));
            // Whether they are configured does not matter: one provider is enough, and none is a choice.
            return PaymentChannels.installed().all().stream().flatMap(channel -> channel.faults(settings).stream())
                    .map(fault -> String.valueOf(fault.getMessage())).toList();
        } catch (BadSettingException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> kafkaComplaints(Map<String, String> environment) {
        try {
            Objects.requireNonNull(KafkaCluster.of(environment.getOrDefault("SLUICE_KAFKA", ""),
                    environment.getOrDefault("SLUICE_KAFKA_PROPERTIES", ""), environment.getOrDefault("SLUICE_KAFKA_REPLICATION", "3"),
                    environment.getOrDefault("SLUICE_KAFKA_PARTITIONS", "")));
            return List.of();
        } catch (MisconfiguredException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> diskComplaints(Map<String, String> environment) {
        try {
            text(environment, "SLUICE_DISK_RESERVE").ifPresent(DiskSpace::bytes);
            return List.of();
        } catch (MisconfiguredException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> masterKeyComplaints(Map<String, String> environment) {
        try {
            Objects.requireNonNull(Keyring.ofMasterKey(environment.getOrDefault("SLUICE_MASTER_KEY", "")));
            return List.of();
        } catch (BadSettingException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static int port(Map<String, String> environment, String variable, int otherwise, List<String> complaints) {
        String text = text(environment, variable).orElse(Integer.toString(otherwise));
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= LARGEST_PORT) {
            return Integer.parseInt(text);
        }
        complaints.add(variable + " must be a port number from 0 to " + LARGEST_PORT);
        return otherwise;
    }

    private static InetSocketAddress address(Map<String, String> environment, String variable, int port, List<String> complaints) {
        String address = text(environment, variable).orElse("127.0.0.1");
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
        } catch (IllegalArgumentException e) {
            complaints.add(variable + " must be an address of this machine, for example 127.0.0.1, 0.0.0.0 for all of IPv4, or :: for all");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }

    /// Whether a server beside this process keeps its data here.
    boolean embeds() {
        return kafka.isEmpty() || postgres.isEmpty();
    }

    Optional<String> text(String variable) {
        return text(given, variable);
    }

    private static Optional<String> text(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return "Options[demo=" + demo + ", address=" + address + ", data=" + data + "]";
    }
}
