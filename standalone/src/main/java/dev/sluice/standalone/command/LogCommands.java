package dev.sluice.standalone.command;

import java.nio.file.Path;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.copy.CopyReport;
import dev.sluice.log.copy.LogCopy;

/// Commands about the log's place.
@Command(name = "log", description = "Moves the log.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class LogCommands {
    private final Session session;

    LogCommands(Session session) {
        this.session = session;
    }

    @Command(description = "Copies the log to another cluster, by its keys, and compares both. A second run continues.", mixinStandardHelpOptions = true)
    int copy(@Option(names = "--to", required = true, paramLabel = "SERVERS", description = "addresses of the target") String to,
            @Option(names = "--to-properties", paramLabel = "FILE", description = "how clients log in there") @Nullable Path properties,
            @Option(names = "--to-replication", paramLabel = "BROKERS", defaultValue = "3") int replication,
            @Option(names = "--to-partitions", paramLabel = "NUMBER", description = "12, or 3 on a single node") @Nullable Integer partitions,
            @Option(names = "--json", description = "one line of JSON") boolean json) {
        KafkaCluster target = KafkaCluster.of(to, properties == null ? "" : properties.toString(), Integer.toString(replication),
                partitions == null ? "" : partitions.toString());
        try (Servers servers = session.servers();
                LogCopy copy = LogCopy.between(servers.kafka(), target, new Reports(session, "copied")::add)) {
            CopyReport report = copy.run();
            session.answer(json, report, report.topics().entrySet().stream().map(topic -> topic.getKey() + ": " + topic.getValue().copied()
                    + " copied, " + topic.getValue().target() + (topic.getValue().verified()
                            ? ", as the source"
                            : ", and the source has " + topic.getValue().source() + ": delete the target's topics and copy again"))
                    .collect(Collectors.joining("\n")));
            return report.isVerified() ? 0 : Commands.FOUND;
        }
    }
}
