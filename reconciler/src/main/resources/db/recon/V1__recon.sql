-- What the reconciler knows: a view of the log, and when it asks next.

-- How far the view has read the log. It moves in the transaction that writes the rows.
create table recon.position (
    view            text    not null,
    topic           text    not null,
    partition       integer not null,
    next_offset     bigint  not null check (next_offset >= 0),
    log_end         bigint, -- where the log ended, when it lost what comes before next_offset: an operator decides
    set_aside_up_to bigint, -- an operator's: refused records up to this offset become dead letters
    primary key (view, topic, partition)
);

-- Payments that were confirmed, with their outcomes. Few are without one at any time.
create table recon.payment (
    provider       text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    minor_units    bigint      not null,
    currency       text        not null,
    since          timestamptz not null,
    outcome        text        not null default 'NONE' check (outcome in ('NONE', 'SETTLES_NOTHING', 'SETTLES_ORDER')),
    primary key (provider, transaction_id, trade_no)
);
-- An outcome names no provider.
create index payment_unsettled on recon.payment (trade_no, transaction_id) where outcome <> 'SETTLES_ORDER';

-- Orders that money may still come for. A row comes with OrderCreated and goes with the fact that ends the order, never with time.
create table recon.pending (
    trade_no      text        primary key,
    provider      text        not null,
    app_id        text        not null,
    merchant_id   text        not null,
    user_id       text,                           -- whose quota it credits; unknown when only an operator's check made the row
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    next_ask_at   timestamptz,                    -- null while a payment that was confirmed has no outcome
    wished_at     timestamptz,                    -- when it shall be asked for at the latest, wished after it was claimed
    failures      integer     not null default 0, -- answers in a row without information
    checked       boolean     not null default false, -- the next answer is kept, also when it is the same again
    cancelling    text        not null default 'NONE' check (cancelling in ('NONE', 'WANTED', 'ENDED')),
    watched_since timestamptz,                    -- a page is open
    watched_until timestamptz,
    claimed_until timestamptz,                    -- an instance asks
    known_query   text        not null default '', -- the last answers that are in the log
    known_close   text        not null default ''
);
create index pending_due on recon.pending (provider, app_id, merchant_id, next_ask_at);

-- Questions of the day that open pages of a user caused.
create table recon.watching (
    user_id   text    primary key,
    day       date    not null,
    questions integer not null
);

-- Refunds that the providers' notifications named, for providers that answer about one refund by its number.
create table recon.refund (
    trade_no  text not null,
    refund_no text not null,
    primary key (trade_no, refund_no)
);

-- When a provider's last turn was: all instances together ask no more than the budget.
create table recon.turn (
    provider text        primary key,
    taken_at timestamptz not null
);
