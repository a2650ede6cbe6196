-- Orders that money may still come for. A view of the log: a row comes with OrderCreated and goes with what ends it.
create table recon.pending (
    trade_no      text        primary key,
    provider      text        not null,
    app_id        text        not null,
    merchant_id   text        not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    next_ask_at   timestamptz not null,
    failures      integer     not null default 0, -- answers in a row that told nothing
    claimed_until timestamptz,                    -- somebody is asking
    watched_since timestamptz,                    -- a page is open
    watched_until timestamptz
);
create index pending_due on recon.pending (provider, next_ask_at);

-- When a provider's last turn was: all instances together ask no more than the budget.
create table recon.turn (
    provider text        primary key,
    taken_at timestamptz not null
);
