package dev.sluice.credit.transfer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements that move quota, each for a whole batch.
@Component
public class Transfers {
    private final JdbcClient jdbc;

    public Transfers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The balances of users' accounts, of which no other transaction moves anything until this one ends. All that a batch may change are
    /// locked at once, in their order; one that is missing is made, with nothing in it.
    public Map<Account, Long> lock(Collection<Account> accounts) {
        Map<Account, Long> balances = new HashMap<>();
        if (!accounts.isEmpty()) {
            jdbc.sql("""
                    insert into ledger.account as a (id, balance)
                    select distinct id, 0 from unnest(:accounts::text[]) as n (id) order by id
                    on conflict (id) do update set balance = a.balance returning id, balance""")
                    .param("accounts", texts(accounts, Account::id))
                    .query(row -> {
                        balances.put(new Account(row.getString("id")), row.getLong("balance"));
                    });
        }
        return balances;
    }

    /// Moves quota, and keeps with each transfer the balance that it left: the spendable one of the user whom it concerns.
    ///
    /// @param before the balances of the users' accounts, which are locked
    /// @throws DataIntegrityViolationException when an account cannot hold so much, or has less
    public void move(List<Transfer> transfers, Map<Account, Long> before) {
        if (transfers.isEmpty()) {
            return;
        }
        Map<Account, Long> balances = new HashMap<>(before);
        Set<Account> changed = new HashSet<>();
        List<Long> balancesAfter = new ArrayList<>();
        for (Transfer transfer : transfers) {
            add(balances, changed, transfer.debit(), -transfer.quota().units());
            add(balances, changed, transfer.credit(), transfer.quota().units());
            balancesAfter.add(balances.getOrDefault(transfer.ofUser(), 0L));
        }
        write(transfers, balancesAfter, List.copyOf(changed), balances);
    }

    private static void add(Map<Account, Long> balances, Set<Account> changed, Account account, long quota) {
        if (account.isUsers()) {
            long balance = balances.getOrDefault(account, 0L);
            if (((balance ^ (balance + quota)) & (quota ^ (balance + quota))) < 0) {
                throw new DataIntegrityViolationException("account " + account.id() + " cannot hold so much");
            }
            balances.put(account, balance + quota);
            changed.add(account);
        }
    }

    private void write(List<Transfer> transfers, List<Long> balancesAfter, List<Account> changed, Map<Account, Long> balances) {
        jdbc.sql("""
                with changed as (
                    update ledger.account a set balance = c.balance
                    from unnest(:accounts::text[], :balances::bigint[]) as c (id, balance) where a.id = c.id)
                insert into ledger.transfer (id, trade_no, kind, ref, debit_account, credit_account, quota, balance_after, late, at)
                select * from unnest(:ids::uuid[], :tradeNos::text[], :kinds::text[], :refs::text[], :debits::text[], :credits::text[],
                                     :quotas::bigint[], :balancesAfter::bigint[], :lates::boolean[], :ats::timestamptz[])""")
                .param("accounts", texts(changed, Account::id))
                .param("balances", numbers(changed, account -> balances.getOrDefault(account, 0L)))
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
