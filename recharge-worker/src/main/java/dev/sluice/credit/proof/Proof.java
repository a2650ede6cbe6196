package dev.sluice.credit.proof;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.credit.proof.ProofStatements.Part;
import dev.sluice.credit.proof.ProofStatements.Size;

/// Recomputes the balances from the transfers, and the transfers from the log, and compares. What was compared with the log is not compared
/// again; a difference stands until it is mended, as the proof does not go past it.
@Component
class Proof {
    private static final Logger LOG = LoggerFactory.getLogger(Proof.class);

    private final ProofStatements tables;
    private final LogReading log;
    private final Clock clock;
    private final Instant began;
    private final AtomicReference<Optional<ProofResult>> last = new AtomicReference<>(Optional.empty());
    private final Lock proving = new ReentrantLock();

    Proof(ProofStatements tables, LogReading log, Clock clock, MeterRegistry meters) {
        this.tables = tables;
        this.log = log;
        this.clock = clock;
        this.began = clock.instant();
        Gauge.builder("sluice.proof.differences", () -> last.get().filter(result -> !result.agrees()).map(_ -> 1).orElse(0))
                .description("1 when the ledger is not what its transfers or the log say").register(meters);
        Gauge.builder("sluice.proof.age.seconds", this::age).description("Since the last proof ended").register(meters);
    }

    private long age() {
        return Duration.between(last.get().map(ProofResult::at).orElse(began), clock.instant()).toSeconds();
    }

    @Scheduled(initialDelayString = Limits.FIRST_PROOF_AFTER, fixedDelayString = Limits.PROVE_EVERY)
    void proveWhenDue() {
        try {
            prove();
        } catch (DataAccessException | KafkaException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("the ledger could not be proven, trying again");
        }
    }

    /// @throws DataAccessException when the database does not answer
    /// @throws KafkaException      when the log does not answer
    ProofResult prove() {
        proving.lock();
        try {
            Optional<Difference> difference = tables.withinTheLedger().or(this::withTheLog);
            Size size = tables.size();
            var result = new ProofResult(clock.instant(), difference.isEmpty(), size.accounts(), size.transfers(), size.facts(),
                    size.covered(), difference.orElse(null));
            tables.keep(result);
            last.set(Optional.of(result));
            difference.ifPresent(found -> LOG.atError().addKeyValue("compared", found.kind()).addKeyValue("subject", found.subject())
                    .addKeyValue("expected", found.expected()).addKeyValue("found", found.found()).log("the ledger differs"));
            return result;
        } finally {
            proving.unlock();
        }
    }

    private Optional<Difference> withTheLog() {
        long deadline = System.nanoTime() + Limits.READS_WITHIN.toNanos();
        for (Map.Entry<Integer, Part> part : tables.parts().entrySet()) {
            Optional<Difference> found = withTheLog(part.getKey(), part.getValue(), deadline);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> withTheLog(int partition, Part part, long deadline) {
        AtomicReference<Optional<Difference>> found = new AtomicReference<>(Optional.empty());
        long[] from = {part.from()};
        if (part.from() < part.to()) {
            log.read(partition, part, deadline, (reported, to) -> {
                found.set(tables.withTheLog(reported));
                if (found.get().isEmpty()) {
                    tables.move(partition, from[0], to, reported.size());
                    from[0] = to;
                }
                return found.get().isEmpty();
            });
        }
        return found.get();
    }
}
