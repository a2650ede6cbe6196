-- Payments that were confirmed and have had no outcome yet. A view of the log; usually empty.
create table recon.money_waiting (
    provider       text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    fen            bigint      not null,
    currency       text        not null,
    since          timestamptz not null,
    primary key (provider, transaction_id)
);
