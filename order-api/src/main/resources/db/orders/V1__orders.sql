-- The orders as their owners and operators see them: a view of the log, and what is needed only while a code is made.

-- How far each view of this schema has read the log. It moves in the transaction that writes the rows.
create table orders.position (
    view            text    not null,
    topic           text    not null,
    partition       integer not null,
    next_offset     bigint  not null check (next_offset >= 0),
    log_end         bigint, -- where the log ended, when it lost what comes before next_offset: an operator decides
    set_aside_up_to bigint, -- an operator's: refused records up to this offset become dead letters
    primary key (view, topic, partition)
);

-- Numbers compare by their bytes, so that the beginning of one is a range of the index that it has anyway. Free space in the pages: each
-- order moves three times, and a claim on its code touches no index.
create table orders.topup (
    trade_no        text collate "C" primary key,
    version         integer     not null,
    status          text        not null,
    user_id         text        not null,
    idempotency_key text        not null,
    provider        text        not null,
    scene           text        not null,
    app_id          text        not null,
    merchant_id     text        not null,
    amount          bigint      not null,
    display_type    text        not null,
    quota_per_unit  bigint      not null,
    price           numeric     not null,
    group_ratio     numeric     not null,
    discount        numeric     not null,
    minor_units     bigint      not null check (minor_units > 0),
    currency        text        not null,
    quota           bigint      not null check (quota > 0),
    subject         text        not null,
    client_address  text        not null,
    notify_url      text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    asked_at        timestamptz,                    -- since when an instance asks the provider for a code
    published       boolean     not null default false, -- whether it is known to be in the log
    last_answer     text        not null default '', -- why the last attempt at a code got none
    pay_action      jsonb,                          -- what the payer does, as the provider gave it
    transaction_id  text collate "C",
    late            boolean     not null default false,
    paid_at         timestamptz,
    paid_minor_units bigint,                        -- by the payment's confirmation; it may differ from the price
    paid_currency   text,
    credited_at     timestamptz,
    credited_quota  bigint      not null default 0, -- that the owner was credited with for it so far
    balance         bigint,                         -- the owner's quota right after its one credit
    unique (user_id, idempotency_key)
) with (fillfactor = 75);

-- Of one user; orders without a code, whose time is over.
create index topup_history on orders.topup (user_id, created_at desc, trade_no desc);
create index topup_new on orders.topup (expires_at) where status = 'NEW';
-- For the operators' list, newest first. Orders that ended are most of all and found among the newest; those that have not are few.
create index topup_newest on orders.topup (created_at desc, trade_no desc);
create index topup_open on orders.topup (status, created_at desc, trade_no desc)
    where status in ('NEW', 'AWAITING_PAYMENT', 'PAID', 'HELD', 'REFUNDING');
-- What a user may still be credited with.
create index topup_open_of_user on orders.topup (user_id) include (quota)
    where status in ('NEW', 'AWAITING_PAYMENT', 'PAID', 'HELD');
-- Of an amount or a provider that is rare, or only of the past: without them, all newer orders of the others are read first.
create index topup_amount on orders.topup (minor_units, created_at desc, trade_no desc);
create index topup_provider on orders.topup (provider, created_at desc, trade_no desc);
-- By the support code, which is the end of the number: SupportCode has its length.
create index topup_support on orders.topup (right(trade_no, 8));
create index topup_transaction on orders.topup (transaction_id) where transaction_id is not null;

-- The part of an order that moves, as it was after each move of the last day: for pages that were away.
create table orders.progress (
    trade_no       text collate "C" not null,
    version        integer     not null,
    status         text        not null,
    transaction_id text collate "C",
    late           boolean     not null,
    paid_at        timestamptz,
    paid_minor_units bigint,
    paid_currency  text,
    credited_at    timestamptz,
    credited_quota bigint      not null,
    balance        bigint,
    moved_at       timestamptz not null,
    primary key (trade_no, version)
);
create index progress_moved on orders.progress using brin (moved_at);

-- What became quota, payment by payment: an operator may release one to another user, or with another quota than the order's.
create table orders.credit (
    trade_no       text collate "C" not null,
    transaction_id text collate "C" not null,
    user_id        text   not null,
    quota          bigint not null,
    primary key (trade_no, transaction_id)
);

-- The sum of each user's credits: summing them anew for each look would cost more with each order. It is a numeric, as a sum of bigints is.
create table orders.user_quota (
    user_id text primary key,
    quota   numeric not null
) with (fillfactor = 75);

-- Payments that are or were held, and the decision about them. A decision is written down before it is appended, so that two operators
-- cannot both decide; what the log has first is what counts, whatever stands here.
create table orders.hold (
    provider       text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    minor_units    bigint      not null,
    refunded       bigint      not null check (refunded between 0 and minor_units), -- of it, when it was held
    currency       text        not null,
    reason         text        not null,
    held_at        timestamptz not null,
    key            text,                           -- of the act that decided
    user_id        text,                           -- whose quota grows; null for a refund
    quota          bigint,
    actor          text,
    why            text,
    published      boolean     not null default false, -- whether the decision is in the log
    primary key (provider, transaction_id, trade_no),
    check ((key is null) = (actor is null) and (key is null) = (why is null) and (user_id is null) = (quota is null))
);
create index hold_trade_no on orders.hold (trade_no);
-- Those without a decision are few among all that were ever held.
create index hold_open on orders.hold (held_at, provider, transaction_id) where not published;
-- A key decides about one payment of an order. In the log it may have decided about two: after a restore, a row may not know the first.
create unique index hold_claim on orders.hold (trade_no, key) where not published;

-- What the log has about money that is with the payer again, learnt before or after the payment was held: of a payment, and whether all of
-- an order's own payment is. Few have any.
create table orders.payment_refund (
    provider       text   not null,
    transaction_id text   not null,
    trade_no       text   not null,
    minor_units    bigint not null check (minor_units > 0),
    primary key (provider, transaction_id, trade_no)
);
create table orders.order_refund (
    trade_no text primary key
);

-- Refunds, ours and those that were found at the provider. The quota is what they take or took of the user; without it they take none. What was
-- found has no request.
create table orders.refund (
    trade_no        text collate "C" not null,
    refund_no       text collate "C" not null,
    provider        text        not null,
    transaction_id  text        not null,
    minor_units     bigint      not null check (minor_units > 0),
    currency        text        not null,
    status          text        not null,
    code            text        not null, -- why it came to nothing
    at              timestamptz not null, -- since when it has its status
    user_id         text,
    quota           bigint,
    funds           text        check (funds in ('CREDITED', 'HELD')),
    needs_approval  boolean,
    requester       text,
    reason          text,
    requested_at    timestamptz,
    decider         text,
    decision_reason text,
    decided_at      timestamptz,
    primary key (trade_no, refund_no),
    check ((user_id is null) = (quota is null)),
    check (num_nulls(funds, needs_approval, requester, reason, requested_at) in (0, 5) and num_nulls(decider, decision_reason, decided_at) in (0, 3))
);
create index refund_waiting on orders.refund (at, trade_no, refund_no) where status in ('WAITING', 'FOUND', 'AT_PROVIDER');
create index refund_newest on orders.refund (at desc, trade_no, refund_no);

-- The actor and reason of an operator's act before it is in the log: the same key is the same act, also while it is on its way.
create table orders.act (
    id     uuid primary key, -- of the fact
    actor  text not null,
    reason text not null
);

-- Dead letters that an operator has appended again. The id is of its place and content.
create table orders.redrive (
    id       uuid        primary key,
    actor    text        not null,
    reason   text        not null,
    at       timestamptz not null,
    appended boolean     not null default false -- whether it is known to be in the log
);

-- Everything that is known of each order: facts, notifications, answers of providers. One row for each record, so that what was appended
-- twice is seen twice, and a record that is read again changes nothing.
create table orders.timeline (
    trade_no      text        not null,
    topic         text        not null,
    log_partition integer     not null,
    log_offset    bigint      not null,
    type          text        not null,     -- on the wire, as dev.sluice.OrderCreated.v1
    fact_id       text        not null,     -- the same for a fact that is appended again
    at            timestamptz not null,
    source        text        not null,
    forged        boolean     not null default false,
    stray_since   timestamptz,              -- of a forged notification: since when it is kept although there is no such order
    data          json        not null,
    primary key (trade_no, topic, log_partition, log_offset)
);
-- Facts are kept for ever; these are not.
create index timeline_evidence on orders.timeline (at) where topic <> 'sluice.events';
create index timeline_stray on orders.timeline (stray_since) where stray_since is not null;

-- How often a user has had the provider queried today, as a payer who reports a payment.
create table orders.payer_check (
    user_id text    primary key,
    day     date    not null,
    checks  integer not null
);

-- How many orders were paid, credited, held and closed on a day in Beijing, by the log's times, with their money; and the quota that they brought.
create table orders.figures (
    day         date    not null,
    provider    text    not null,
    currency    text    not null,
    status      text    not null,
    orders      bigint  not null,
    minor_units numeric not null,
    quota       numeric not null,
    primary key (day, provider, currency, status)
);

-- How long after their payment the orders of a day were credited: of each class of durations, how many.
create table orders.credit_delay (
    day    date    not null,
    bucket integer not null,
    orders bigint  not null,
    primary key (day, bucket)
);
