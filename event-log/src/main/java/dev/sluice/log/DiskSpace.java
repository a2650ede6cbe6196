package dev.sluice.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;

/// How much room the disks have on which the brokers keep the log, asked of the brokers; and the disk of a folder of ours, where a server
/// beside this process has its data. When it is less than the reserve, no new orders are placed: the rest is for the payments of those that
/// exist.
public final class DiskSpace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Pattern SIZE = Pattern.compile("(?i)(\\d{1,9}) ?([MG])B");
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long GIBIBYTE = 1024 * MEBIBYTE;
    private static final String DEFAULT_RESERVE = "1GB";
    private static final long UNKNOWN = -1;
    private static final Set<String> TOPICS = Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.toSet());

    private final Admin admin;
    private final Optional<Path> folder;
    private final long reserve;
    private final Thread looking;
    private volatile long usable = UNKNOWN;

    private DiskSpace(Admin admin, Optional<Path> folder, long reserve) {
        this.admin = admin;
        this.folder = folder;
        this.reserve = reserve;
        this.looking = Thread.ofVirtual().name("disk-space").unstarted(this::look);
    }

    /// Starts to look, every ten seconds.
    ///
    /// @param folder  where a server beside this process has its data; blank when none is
    /// @param reserve `SLUICE_DISK_RESERVE`
    /// @throws MisconfiguredException when the reserve is no size
    public static DiskSpace connect(KafkaCluster cluster, String folder, String reserve) {
        DiskSpace space = new DiskSpace(cluster.admin(ANSWER_WITHIN), Optional.of(folder).filter(name -> !name.isBlank()).map(Path::of),
                bytes(reserve.isBlank() ? DEFAULT_RESERVE : reserve));
        space.looking.start();
        return space;
    }

    /// A size in bytes.
    ///
    /// @param text `SLUICE_DISK_RESERVE`: megabytes or gigabytes, or 0
    /// @throws MisconfiguredException when it is neither
    public static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            return Long.parseLong(size.group(1)) * (size.group(2).equalsIgnoreCase("M") ? MEBIBYTE : GIBIBYTE);
        }
        if (text.equals("0")) {
            return 0;
        }
        throw new MisconfiguredException(
                "SLUICE_DISK_RESERVE must be a size, for example 1GB or 500MB; or 0, to take orders until the disk is full");
    }

    /// Whether less than the reserve is left. False while nothing is known, as with brokers that do not answer this question.
    public boolean isShort() {
        return isShort(usable);
    }

    private boolean isShort(long bytes) {
        return bytes != UNKNOWN && bytes < reserve;
    }

    /// On the fullest of the disks; NaN when unknown.
    public double usableBytes() {
        long now = usable;
        return now == UNKNOWN ? Double.NaN : now;
    }

    public double reserveBytes() {
        return reserve;
    }

    private void look() {
        boolean reported = false;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long now = LongStream.concat(ofBrokers().stream(), ofFolder().stream()).min().orElse(UNKNOWN);
                if (now == UNKNOWN && isShort()) {
                    // Brokers that do not answer have made no room.
                    Thread.sleep(BETWEEN_LOOKS);
                    continue;
                }
                if (isShort(now) != isShort()) {
                    LOG.atWarn().addKeyValue("usable_bytes", now).addKeyValue("reserve_bytes", reserve)
                            .log(isShort(now) ? "the disk is almost full: no new orders" : "the disk has room again: new orders are taken");
                }
                if (now == UNKNOWN && !reported) {
                    LOG.atWarn().log("the free space of Kafka's disks is unknown: watch it there");
                    reported = true;
                }
                usable = now;
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalLong ofFolder() {
        try {
            return folder.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Files.getFileStore(folder.get()).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong ofBrokers() throws InterruptedException {
        try {
            var brokers = admin.describeCluster().nodes().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS).stream().map(Node::id)
                    .toList();
            return smallest(admin.describeLogDirs(brokers).allDescriptions().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS).values());
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    /// Of the disks that have a partition of ours.
    static OptionalLong smallest(Collection<Map<String, LogDirDescription>> brokers) {
        return brokers.stream().flatMap(broker -> broker.values().stream())
                .filter(disk -> disk.error() == null
                        && disk.replicaInfos().keySet().stream().anyMatch(partition -> TOPICS.contains(partition.topic())))
                .flatMapToLong(disk -> disk.usableBytes().stream()).min();
    }

    @Override
    public void close() {
        looking.interrupt();
        admin.close(Duration.ZERO);
    }
}
