package dev.sluice.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;

/// A single node that flushes each append, on a disk of 20 ms per sync: an append to its three partitions is nine syncs.
class SlowDiskIT {
    private static final Duration PER_APPEND = Duration.ofMillis(9 * 20);
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @BeforeAll
    static void start() {
        KAFKA.afterPropertiesSet();
        Topic.ensureAll(KafkaCluster.singleNode(KAFKA.getBrokersAsString()));
    }

    @AfterAll
    static void stop() {
        KAFKA.destroy();
    }

    /// What a worker has to publish after an outage, in its slices: each has its own bound.
    @Test
    void aThousandOutcomesAreAppendedOnceEach() throws Exception {
        List<TopUpEvent> outcomes = IntStream.range(0, 1000)
                .<TopUpEvent>mapToObj(i -> Facts.credited("T-SLOW-" + i, "X" + i, i + 1, 500_000)).toList();
        try (SlowBroker slow = new SlowBroker(KAFKA.getBrokersAsString(), PER_APPEND);
                EventLog log = EventLog.connect(KafkaCluster.singleNode(slow.address()), "test", Clock.systemUTC())) {
            for (int from = 0; from < outcomes.size(); from += 100) {
                log.append(outcomes.subList(from, from + 100));
            }
            assertThat(slow.appends).as("it is slow").hasPositiveValue();
        }

        assertThat(new WrittenLog(KAFKA.getBrokersAsString()).records(Topic.EVENTS))
                .filteredOn(record -> record.key().startsWith("T-SLOW-"))
                .hasSize(1000).extracting(record -> record.key()).doesNotHaveDuplicates();
    }

    @Test
    void theGatewaysFullLoadOfNotificationsIsAppendedOnceEach() throws Exception {
        List<Future<Void>> results = new ArrayList<>();
        try (SlowBroker slow = new SlowBroker(KAFKA.getBrokersAsString(), PER_APPEND);
                EventLog log = EventLog.connect(KafkaCluster.singleNode(slow.address()), "test", Clock.systemUTC());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 512; i++) {
                Notification notification = notification("N-SLOW-" + i);
                results.add(threads.submit((Callable<Void>) () -> {
                    log.append(notification);
                    return null;
                }));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        }

        assertThat(new WrittenLog(KAFKA.getBrokersAsString()).records(Topic.NOTIFICATIONS))
                .filteredOn(record -> record.key().startsWith("N-SLOW-")).hasSize(512);
    }

    private static Notification notification(String id) {
        byte[] body = new byte[3000];
        new Random(id.hashCode()).nextBytes(body);
        return Notification.whole(id, Providers.WECHAT, Instant.parse("2026-11-22T08:00:00Z"), "/api/wechat/notify", "127.0.0.1",
                Map.of("content-type", List.of("text/xml")), body, "", NotificationVerdict.UNCLEAR, "any");
    }
}
