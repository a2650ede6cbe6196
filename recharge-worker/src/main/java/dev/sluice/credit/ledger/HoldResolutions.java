package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.HoldReason;
import dev.sluice.event.Resolution;

import static dev.sluice.log.row.Columns.texts;

/// The statements about operators' decisions, each for a whole batch.
@Component
class HoldResolutions {
    private final JdbcClient jdbc;

    HoldResolutions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes decisions down. Of several about one payment the first counts, and none about a payment that is not held, or that was
    /// decided about before, and no release of an order's own payment after all of it was refunded. When the refund that was decided on came
    /// to nothing, the payment can be decided about anew. Another worker's decision that is not committed yet is waited for. A decision
    /// belongs to the order that its payment came for, whose facts are in one partition, so that no order of reading partitions can let
    /// another one win.
    ///
    /// @return those that count from now on, by their place in the list, with why the payment was held
    Map<Integer, HoldReason> resolve(List<ResolutionAct> decisions) {
        if (decisions.isEmpty()) {
            return Map.of();
        }
        Map<Integer, HoldReason> counting = new HashMap<>();
        jdbc.sql("""
                with given as (
                    select * from unnest(:tradeNos::text[], :providers::text[], :transactionIds::text[], :resolutions::text[], :keys::text[],
                        :refunded::boolean[]) with ordinality as t (trade_no, provider, transaction_id, resolution, key, refunded, place)),
                undecided as (
                    select p.trade_no, p.provider, p.transaction_id,
                        p.held not in ('UNKNOWN_ORDER', 'PROVIDER_MISMATCH', 'TRANSACTION_REUSED') as own
                    from ledger.payment p
                    where (p.trade_no, p.provider, p.transaction_id) in (select trade_no, provider, transaction_id from given)
                        and p.held is not null and (p.resolved is null or p.resolved = 'REFUND' and exists (
                            select from ledger.refund r where r.trade_no = p.trade_no and r.provider = p.provider
                                and r.transaction_id = p.transaction_id
                            having bool_or(r.state in ('FAILED', 'DECLINED')) and not bool_or(r.state in ('WAITING', 'OWED', 'SUCCEEDED'))))
                    order by p.provider, p.transaction_id, p.trade_no for update)
                update ledger.payment p set resolved = counts.resolution, resolution_key = counts.key,
                    release_published = case counts.resolution when 'CREDIT' then false end
                from (
                    select distinct on (provider, transaction_id, trade_no) provider, transaction_id, trade_no, resolution, key, place
                    from given join undecided using (trade_no, provider, transaction_id)
                    where not (resolution = 'CREDIT' and own and (refunded
                        or exists (select from ledger.expected e where e.trade_no = given.trade_no and e.refunded)))
                    order by provider, transaction_id, trade_no, place) as counts
                where p.provider = counts.provider and p.transaction_id = counts.transaction_id and p.trade_no = counts.trade_no
                returning counts.place, p.held""")
                .param("tradeNos", texts(decisions, decision -> decision.act().tradeNumber().value()))
                .param("providers", texts(decisions, decision -> decision.act().provider().code()))
                .param("transactionIds", texts(decisions, decision -> decision.act().transactionId().value()))
                .param("resolutions", texts(decisions, decision -> name(decision.act().resolution())))
                .param("keys", texts(decisions, decision -> decision.act().key()))
                .param("refunded", decisions.stream().map(ResolutionAct::refunded).toArray(Boolean[]::new))
                .query(row -> {
                    counting.put(place(row), HoldReason.valueOf(row.getString("held")));
                });
        return counting;
    }

    /// Has decisions that counted a moment ago count no more: their payments are held as before.
    void reopen(List<ResolutionAct> decisions) {
        jdbc.sql("""
                update ledger.payment p set resolved = null, resolution_key = null, release_published = null
                from unnest(:tradeNos::text[], :providers::text[], :transactionIds::text[]) as d (trade_no, provider, transaction_id)
                where p.provider = d.provider and p.transaction_id = d.transaction_id and p.trade_no = d.trade_no""")
                .param("tradeNos", texts(decisions, decision -> decision.act().tradeNumber().value()))
                .param("providers", texts(decisions, decision -> decision.act().provider().code()))
                .param("transactionIds", texts(decisions, decision -> decision.act().transactionId().value()))
                .update();
    }

    private static String name(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Credit _ -> "CREDIT";
            case Resolution.Refund _ -> "REFUND";
        };
    }

    /// Those decisions that counted before, by their place in the list.
    Set<Integer> known(List<ResolutionAct> decisions) {
        if (decisions.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                select given.place
                from unnest(:tradeNos::text[], :providers::text[], :transactionIds::text[], :keys::text[])
                    with ordinality as given (trade_no, provider, transaction_id, key, place)
                join ledger.payment p on p.provider = given.provider and p.transaction_id = given.transaction_id
                    and p.trade_no = given.trade_no and p.resolution_key = given.key""")
                .param("tradeNos", texts(decisions, decision -> decision.act().tradeNumber().value()))
                .param("providers", texts(decisions, decision -> decision.act().provider().code()))
                .param("transactionIds", texts(decisions, decision -> decision.act().transactionId().value()))
                .param("keys", texts(decisions, decision -> decision.act().key()))
                .query((row, _) -> place(row))
                .list());
    }

    private static int place(ResultSet row) throws SQLException {
        return row.getInt("place") - 1;
    }
}
