package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static dev.sluice.credit.ledger.LedgerStatements.numbers;
import static dev.sluice.credit.ledger.LedgerStatements.texts;

/// The statements that move quota, each for a whole batch.
@Component
class Transfers {
    private final JdbcClient jdbc;

    Transfers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Moves quota: first the balances, whose rows it locks in order, then the transfers with the balance that each one left: of the user
    /// who got the quota, else of the one who gave it.
    void move(List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        transfers.forEach(transfer -> changes.addAll(changes(transfer)));
        Map<Account, Long> balances = addToBalances(changes);
        changes.forEach(change -> balances.merge(change.account(), -change.quota(), Math::addExact));
        List<Long> balancesAfter = new ArrayList<>();
        for (Transfer transfer : transfers) {
            changes(transfer).forEach(change -> balances.merge(change.account(), change.quota(), Math::addExact));
            balancesAfter.add(balances.getOrDefault(transfer.credit().isUsers() ? transfer.credit() : transfer.debit(), 0L));
        }
        insert(transfers, balancesAfter);
    }

    /// By how much a user's balance changes.
    private record Change(Account account, long quota) {}

    private static List<Change> changes(Transfer transfer) {
        return Stream.of(new Change(transfer.debit(), -transfer.quota().units()), new Change(transfer.credit(), transfer.quota().units()))
                .filter(change -> change.account().isUsers()).toList();
    }

    /// In two statements: a row that begins below zero would be refused before it could be added to the existing balance. The sums are the
    /// database's, which refuses one that is too large as it refuses any other bad record.
    private Map<Account, Long> addToBalances(List<Change> changes) {
        String[] accounts = texts(changes, change -> change.account().id());
        jdbc.sql("""
                insert into ledger.account (id, balance)
                select distinct id, 0 from unnest(:accounts::text[]) as n (id) order by id on conflict do nothing""")
                .param("accounts", accounts).update();
        Map<Account, Long> balances = new HashMap<>();
        jdbc.sql("""
                with locked as (select id from ledger.account where id = any(:accounts) order by id for update),
                changed as (
                    select id, sum(quota)::bigint as quota from unnest(:accounts::text[], :quotas::bigint[]) as c (id, quota) group by id)
                update ledger.account a set balance = a.balance + changed.quota
                from changed join locked using (id) where a.id = changed.id returning a.id, a.balance""")
                .param("accounts", accounts)
                .param("quotas", numbers(changes, Change::quota))
                .query(row -> {
                    balances.put(new Account(row.getString("id")), row.getLong("balance"));
                });
        return balances;
    }

    private void insert(List<Transfer> transfers, List<Long> balancesAfter) {
        jdbc.sql("""
                insert into ledger.transfer (id, trade_no, kind, ref, debit_account, credit_account, quota, balance_after, late, at)
                select * from unnest(:ids::uuid[], :tradeNos::text[], :kinds::text[], :refs::text[], :debits::text[], :credits::text[],
                                     :quotas::bigint[], :balancesAfter::bigint[], :lates::boolean[], :ats::timestamptz[])""")
                .param("ids", texts(transfers, transfer -> transfer.transferId().toString()))
                .param("tradeNos", texts(transfers, transfer -> transfer.tradeNumber().value()))
                .param("kinds", texts(transfers, transfer -> transfer.kind().name()))
                .param("refs", texts(transfers, Transfer::ref))
                .param("debits", texts(transfers, transfer -> transfer.debit().id()))
                .param("credits", texts(transfers, transfer -> transfer.credit().id()))
                .param("quotas", numbers(transfers, transfer -> transfer.quota().units()))
                .param("balancesAfter", balancesAfter.toArray(Long[]::new))
                .param("lates", texts(transfers, transfer -> Boolean.toString(transfer.late())))
                .param("ats", texts(transfers, transfer -> transfer.at().toString()))
                .update();
    }
}
