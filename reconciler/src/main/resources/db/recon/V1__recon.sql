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
    refunded_units bigint      not null, -- what of it had been refunded when it was confirmed
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

-- An order's payments are looked at for refunds.
create index payment_order on recon.payment (trade_no);

-- Refunds that the providers' notifications named, for providers that answer about one refund by its number.
create table recon.refund (
    trade_no      text        not null,
    refund_no     text        not null,
    provider      text        not null,
    next_at       timestamptz,                   -- when the order's payments are looked at for refunds that were not requested here
    failures      integer     not null default 0, -- looks in a row without information
    claimed_until timestamptz,
    primary key (trade_no, refund_no)
);
create index refund_due on recon.refund (provider, next_at) where next_at is not null;

-- Refunds that the ledger reserved, with every parameter of the provider's call, which never change; and refunds that were found at a provider.
-- A row is never deleted: by it a number is known as ours. It ends by a fact alone.
create table recon.pending_refund (
    trade_no       text        not null,
    refund_no      text        not null,
    provider       text        not null,
    app_id         text        not null,
    merchant_id    text        not null,
    transaction_id text        not null,
    paid_units     bigint      not null,
    refund_units   bigint      not null,
    currency       text        not null,
    reason         text        not null,
    -- LEFT: the money rests with the provider. FOUND: made in the provider's console.
    state          text        not null check (state in ('AWAITING_APPROVAL', 'DUE', 'LEFT', 'ENDED', 'FOUND')),
    reserved_at    timestamptz not null,
    next_at        timestamptz,                   -- when the provider is asked next; null while there is nothing to ask
    claimed_until  timestamptz,                   -- an instance asks
    called_at      timestamptz,                   -- written before the request is sent; null: it was never sent
    refusal        text        not null default 'NONE' check (refusal in ('NONE', 'FOR_NOW', 'REFUSED', 'SET_UP')), -- the last answer to a request
    code           text        not null default '', -- the provider's
    answer         bytea,                         -- of the refusal, as received
    attempts       integer     not null default 0, -- answers in a row that did not end it
    absents        integer     not null default 0, -- answers in a row, since the request, that the provider does not know it
    absent_since   timestamptz,
    primary key (trade_no, refund_no)
);
create index pending_refund_due on recon.pending_refund (provider, app_id, merchant_id, next_at) where next_at is not null;
create index pending_refund_payment on recon.pending_refund (provider, transaction_id);

-- Decisions about refunds that need approval; one may stand before its reservation in the log.
create table recon.refund_decision (
    trade_no   text        not null,
    refund_no  text        not null,
    approved   boolean     not null,
    decided_at timestamptz not null,
    primary key (trade_no, refund_no)
);

-- When a provider's last turn was: all instances together ask no more than the budget.
create table recon.turn (
    provider text        primary key,
    taken_at timestamptz not null
);

-- What the log has about money, as bills are compared with it. A view of its own, which keeps every row.
create table recon.logged_order (
    trade_no    text        primary key,
    provider    text        not null,
    app_id      text        not null,
    account     text        not null, -- the provider's number of the merchant
    minor_units bigint      not null,
    currency    text        not null,
    created_at  timestamptz not null
);

create table recon.logged_payment (
    identity       uuid        primary key, -- the same that a row of a bill has
    provider       text        not null,
    account        text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    minor_units    bigint      not null,
    currency       text        not null,
    day            date        not null, -- paid on, in Beijing
    outcome        text        not null default 'NONE' check (outcome in ('NONE', 'HELD', 'CREDITED')),
    quota          bigint,
    credited_at    timestamptz
);
-- An outcome names no provider.
create index logged_payment_outcome on recon.logged_payment (trade_no, transaction_id);
create index logged_payment_day on recon.logged_payment (provider, account, day);
create index logged_payment_credited on recon.logged_payment (credited_at) where credited_at is not null;

create table recon.logged_refund (
    trade_no       text        not null,
    refund_no      text        not null,
    identity       uuid        not null,
    provider       text        not null,
    account        text        not null, -- empty of a refund that was found, until its payment is known
    transaction_id text        not null,
    minor_units    bigint      not null,
    currency       text        not null,
    state          text        not null check (state in ('RESERVED', 'SUCCEEDED', 'FAILED', 'FOUND', 'MIRRORED')),
    day            date,                 -- succeeded on, in Beijing
    quota_taken    bigint      not null default 0,
    taken_at       timestamptz,
    primary key (trade_no, refund_no)
);
create index logged_refund_identity on recon.logged_refund (identity);
create index logged_refund_day on recon.logged_refund (provider, account, day);
create index logged_refund_taken on recon.logged_refund (taken_at) where taken_at is not null;

-- A day of an account at a provider, and how far its bill is. Whoever locks the row works on the day.
create table recon.bill_day (
    provider    text        not null,
    account     text        not null,
    day         date        not null,
    state       text        not null default 'OPEN' check (state in ('OPEN', 'STORED', 'COMPLETE', 'EMPTY')),
    next_try_at timestamptz not null,
    attempts    integer     not null default 0,
    empty_since timestamptz,          -- when the provider first answered that nothing happened
    answer      text        not null default '', -- the provider's last one, for operators
    primary key (provider, account, day)
);
create index bill_day_due on recon.bill_day (next_try_at) where state in ('OPEN', 'STORED');

-- A bill as it came, beside the ones before it. The rows are those of the latest.
create table recon.bill (
    id           bigint      generated always as identity primary key,
    provider     text        not null,
    account      text        not null,
    day          date        not null,
    version      integer     not null,
    sha256       text        not null,
    origin       text        not null check (origin in ('DOWNLOAD', 'UPLOAD')),
    actor        text,                -- who uploaded it
    stored_at    timestamptz not null,
    payments     bigint      not null,
    refunds      bigint      not null,
    paid         bigint      not null, -- fen
    refunded     bigint      not null, -- fen
    settled      bigint      not null, -- fen: before the fee, less refunds
    fee          bigint      not null, -- thousandths of a fen
    repeated     bigint      not null default 0, -- rows that this or another bill has already
    unique (provider, account, day, version)
);

create table recon.bill_chunk (
    bill_id bigint  not null references recon.bill (id) on delete cascade,
    number  integer not null,
    content bytea   not null,
    primary key (bill_id, number)
);

create table recon.bill_row (
    bill_id        bigint      not null,
    line           integer     not null,
    kind           text        not null,
    identity       uuid        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    refund_id      text        not null,
    refund_no      text        not null,
    minor_units    bigint      not null,
    settled        bigint      not null,
    currency       text        not null,
    fee            bigint      not null, -- thousandths of a fen
    expected_fee   bigint,               -- null where no rate is known
    at             timestamptz not null,
    ambiguous      boolean     not null,
    counted        boolean     not null default true,
    primary key (bill_id, line)
);
create index bill_row_identity on recon.bill_row (identity);

-- Differences between bills and log. The same difference has the same number, however often it is found.
create table recon.discrepancy (
    id             uuid        primary key,
    identity       uuid        not null,
    provider       text        not null,
    account        text        not null,
    day            date        not null,
    side           text        not null check (side in ('BILL', 'LOG')),
    kind           text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    refund_no      text        not null,
    expected       text        not null,
    found          text        not null,
    bill_id        bigint,
    line           integer,
    evidence       text,
    opened_at      timestamptz not null,
    closed_at      timestamptz          -- it closed by itself
);
create index discrepancy_day on recon.discrepancy (provider, account, day);
create index discrepancy_open on recon.discrepancy (identity) where closed_at is null;

-- What operators decided, as the log has it. The first decision counts, also about a difference that is found again later.
create table recon.resolution (
    discrepancy text        primary key,
    resolution  text        not null,
    actor       text        not null,
    reason      text        not null,
    at          timestamptz not null
);

-- What was compared, as the log has it.
create table recon.compared (
    provider      text        not null,
    account       text        not null,
    day           date        not null,
    version       integer     not null,
    sha256        text        not null,
    discrepancies bigint      not null,
    at            timestamptz not null,
    primary key (provider, account, day)
);
