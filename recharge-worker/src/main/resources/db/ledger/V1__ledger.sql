-- The ledger: which orders are expected, which payments came, which quota moved. All of it can be rebuilt from sluice.events.

create table ledger.expected (
    trade_no    text        primary key,
    user_id     text        not null,
    provider    text        not null,
    app_id      text        not null,
    merchant_id text        not null,
    fen         bigint      not null check (fen > 0),
    currency    text        not null,
    quota       bigint      not null check (quota > 0),
    closed_at   timestamptz
);

-- Each payment once, whatever became of it.
create table ledger.payment (
    provider       text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    fen            bigint      not null,
    currency       text        not null,
    paid_at        timestamptz not null,
    held           text,
    primary key (provider, transaction_id)
);
create index payment_trade_no on ledger.payment (trade_no);

-- Double entry, append-only. A credit has the empty ref: one for each order, and the database sees to it.
create table ledger.transfer (
    id             uuid        primary key,
    trade_no       text        not null,
    kind           text        not null check (kind in ('CREDIT')),
    ref            text        not null,
    debit_account  text        not null,
    credit_account text        not null,
    quota          bigint      not null check (quota > 0),
    balance_after  bigint      not null,
    late           boolean     not null,
    at             timestamptz not null,
    unique (trade_no, kind, ref),
    check (debit_account <> credit_account)
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'ledger.transfer is append-only';
end $$;
create trigger transfer_is_append_only before update or delete on ledger.transfer
    for each row execute function ledger.refuse_change();

-- Balances of users only: what was issued is the sum of the transfers, never a row that every credit would have to lock.
create table ledger.account (
    id      text   primary key,
    balance bigint not null check (balance >= 0)
);
