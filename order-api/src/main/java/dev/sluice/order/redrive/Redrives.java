package dev.sluice.order.redrive;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.UserId;
import dev.sluice.log.DeadLetter;

/// Which dead letters were appended again, by whom and why. A letter is known by its place and its content, so that a topic that was made
/// anew does not inherit the acts about another one.
@Component
class Redrives {
    private final JdbcClient jdbc;
    private final Clock clock;

    Redrives(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// That a dead letter was appended again.
    ///
    /// @param appended whether it is known to be in the log
    record Redrive(UserId actor, String reason, Instant at, boolean appended) {}

    /// Writes down that an operator wants a dead letter appended again, and lets no other request about it pass until the transaction ends.
    ///
    /// @return the first such act, which may be an earlier one
    Redrive claim(DeadLetter letter, UserId actor, String reason) {
        jdbc.sql("""
                insert into orders.redrive (id, actor, reason, at) values (:id, :actor, :reason, :at::timestamptz)
                on conflict (id) do nothing""")
                .param("id", id(letter)).param("actor", actor.value()).param("reason", reason).param("at", clock.instant().toString())
                .update();
        return jdbc.sql("select actor, reason, at, appended from orders.redrive where id = :id for update").param("id", id(letter))
                .query((row, _) -> new Redrive(new UserId(row.getString("actor")), row.getString("reason"),
                        row.getTimestamp("at").toInstant(), row.getBoolean("appended")))
                .single();
    }

    void appended(DeadLetter letter) {
        jdbc.sql("update orders.redrive set appended = true where id = :id").param("id", id(letter)).update();
    }

    /// The letters among these that were appended again.
    Map<DeadLetter, Redrive> of(Collection<DeadLetter> letters) {
        Map<UUID, Redrive> known = new HashMap<>();
        jdbc.sql("select id, actor, reason, at, appended from orders.redrive where id = any(:ids) and appended")
                .param("ids", letters.stream().map(Redrives::id).toArray(UUID[]::new))
                .query(row -> {
                    known.put(row.getObject("id", UUID.class), new Redrive(new UserId(row.getString("actor")), row.getString("reason"),
                            row.getTimestamp("at").toInstant(), row.getBoolean("appended")));
                });
        Map<DeadLetter, Redrive> found = new HashMap<>();
        letters.forEach(letter -> Optional.ofNullable(known.get(id(letter))).ifPresent(redrive -> found.put(letter, redrive)));
        return found;
    }

    private static UUID id(DeadLetter letter) {
        byte[] value = letter.raw().value() == null ? new byte[0] : letter.raw().value();
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(Integer.BYTES + Long.BYTES + value.length).putInt(letter.raw().partition())
                .putLong(letter.raw().offset()).put(value).array());
    }
}
