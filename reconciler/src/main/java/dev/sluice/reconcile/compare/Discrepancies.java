package dev.sluice.reconcile.compare;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillOf;

/// The differences between bills and log. One is open until it closes by itself or an operator resolves it.
@Component
public class Discrepancies {
    /// A condition on a row `d`.
    static final String OPEN = """
            d.closed_at is null and not exists (select from recon.resolution r where r.discrepancy = d.id::text)""";

    private final JdbcClient jdbc;

    public Discrepancies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// How many of a day are open.
    public long open(BillOf of) {
        return jdbc.sql("""
                select count(*) from recon.discrepancy d where d.provider = :provider and d.account = :account and d.day = :day and
                """ + OPEN).param("provider", of.provider().code()).param("account", of.account()).param("day", of.day())
                .query(Long.class).single();
    }

    /// How many are open at all.
    public long open() {
        return jdbc.sql("select count(*) from recon.discrepancy d where " + OPEN).query(Long.class).single();
    }
}
