package dev.sluice.order.act;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The actions that are about to be appended. An id is one fact, so it has one actor and one reason.
@Component
public class OperatorActions {
    private final JdbcClient jdbc;

    OperatorActions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Reserves the id for this action.
    ///
    /// @param id the id of the fact
    /// @return whether it is reserved for this action, now or since an earlier request
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
