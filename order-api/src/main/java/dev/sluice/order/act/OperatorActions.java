package dev.sluice.order.act;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The acts that the log is about to be told. An id is one fact, so it has one actor and one reason.
@Component
public class OperatorActions {
    private final JdbcClient jdbc;

    OperatorActions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes the id this act's.
    ///
    /// @param id the fact's
    /// @return whether it is, now or since before
    public boolean claim(UUID id, OperatorAction act) {
        return jdbc.sql("""
                insert into orders.act as a (id, actor, reason) values (:id, :actor, :reason)
                on conflict (id) do update set reason = excluded.reason where a.actor = excluded.actor and a.reason = excluded.reason""")
                .param("id", id)
                .param("actor", act.actor().value())
                .param("reason", act.reason())
                .update() == 1;
    }
}
