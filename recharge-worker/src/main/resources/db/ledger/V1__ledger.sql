-- The ledger: which orders are expected, which payments came, which quota moved. All of it can be rebuilt from sluice.events.

-- How much of the log is in the tables below; moved in the same transaction as their rows.
create table ledger.position (
    view            text    not null,
    topic           text    not null,
    partition       integer not null,
    next_offset     bigint  not null check (next_offset >= 0),
    log_end         bigint, -- where the log ended, when it lost what comes before next_offset: an operator decides
    set_aside_up_to bigint, -- an operator's: refused records up to this offset become dead letters
    primary key (view, topic, partition)
);

-- late_payment: what becomes of money that comes after the order was closed, as the first closing decided, or a refund of all its payment after it;
-- refunded is about such a refund.
create table ledger.expected (
    trade_no     text        primary key,
    user_id      text        not null,
    provider     text        not null,
    app_id       text        not null,
    merchant_id  text        not null,
    minor_units  bigint      not null check (minor_units > 0),
    currency     text        not null,
    quota        bigint      not null check (quota > 0),
    closed_at    timestamptz,
    late_payment text        check (late_payment in ('CREDIT', 'HOLD')),
    refunded     boolean     not null default false check (not refunded or closed_at is not null),
    check ((closed_at is null) = (late_payment is null))
);

-- Each payment once, whatever became of it. A transaction belongs to the order that it came for first; the same transaction for another order
-- is a payment of its own, reused, and held. Of one that is held, refunded minor units are with the payer again. A person may decide about one that is held: the first decision in the log counts, and is known
-- by its key. An outcome is published when this app has read it in the log, in the partition of its order; release_published is about the
-- credit that a decision brings, and null without one.
create table ledger.payment (
    provider          text        not null,
    transaction_id    text        not null,
    trade_no          text        not null,
    minor_units       bigint      not null,
    currency          text        not null,
    app_id            text        not null,
    merchant_id       text        not null,
    paid_at           timestamptz not null,
    held              text,
    refunded          bigint      not null default 0 check (refunded = 0 or held is not null and refunded between 0 and minor_units),
    resolved          text        check (resolved in ('CREDIT', 'REFUND')),
    resolution_key    text,
    partition         integer     not null,
    reused            boolean     not null default false,
    published         boolean     not null default false,
    release_published boolean,
    primary key (provider, transaction_id, trade_no),
    check ((resolved is null) = (resolution_key is null) and (resolved is null or held is not null)),
    check ((release_published is not null) = (coalesce(resolved, '') = 'CREDIT'))
);
create unique index payment_transaction on ledger.payment (provider, transaction_id) where not reused;
create index payment_trade_no on ledger.payment (trade_no);
-- Few among all that ever came, and asked for often.
create index payment_held on ledger.payment (trade_no) where held is not null and resolved is null;
create index payment_unpublished on ledger.payment (partition) where not published or not release_published;

-- Payments that the log holds, and that were not read before their outcome: as when one comes back from the dead letters after a rebuild.
create table ledger.held_before (
    provider       text not null,
    transaction_id text not null,
    trade_no       text not null,
    reason         text not null,
    primary key (provider, transaction_id, trade_no)
);

-- Refunds, ours and those that were found at the provider. WAITING and OWED have reserved their quota; a second operator has to approve those
-- that wait. FOUND waits for a decision about quota. The quota is what the refund takes: in proportion, so that the refunds of a whole payment
-- take all that it brought. The first outcome is RefundReserved or RefundRefused; those about quota are null until it is returned or taken.
create table ledger.refund (
    trade_no       text    not null,
    refund_no      text    not null,
    provider       text    not null,
    transaction_id text    not null,
    minor_units    bigint  not null check (minor_units > 0),
    currency       text    not null,
    state          text    not null check (state in ('REFUSED', 'WAITING', 'OWED', 'DECLINED', 'SUCCEEDED', 'FAILED', 'FOUND', 'TAKEN', 'KEPT')),
    user_id        text,
    quota          bigint  not null default 0 check (quota >= 0 and (quota = 0 or user_id is not null)),
    refusal        text    check (state <> 'REFUSED' or refusal is not null),
    needs_approval boolean, -- null, with its reason, of one that was found at the provider
    reason         text,
    partition      integer not null,
    published          boolean not null,
    returned_published boolean,
    taken_published    boolean,
    primary key (trade_no, refund_no)
);
create index refund_unpublished on ledger.refund (partition) where not published or not returned_published or not taken_published;

-- Double entry, append-only. A CREDIT has the empty ref: one for each order, and the database sees to it. A RELEASE has provider and
-- transaction id as its ref: one for each payment. The others have the number of their refund.
create table ledger.transfer (
    id             uuid        primary key,
    trade_no       text        not null,
    kind           text        not null check (kind in ('CREDIT', 'RELEASE', 'RESERVE', 'TAKE', 'RETURN', 'MIRROR')),
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

-- The proof that the tables above are what the log says. How far facts were compared with transfers, by partition of sluice.events.
create table ledger.proof_position (
    partition   integer primary key,
    next_offset bigint  not null check (next_offset >= 0),
    facts       bigint  not null check (facts >= 0) -- that moved quota and were compared
);

-- Its latest results. What differs is named by subject (an account, an order, a transfer), and empty when all agree.
create table ledger.proof (
    id        bigint      generated by default as identity primary key,
    at        timestamptz not null,
    accounts  bigint      not null,
    transfers bigint      not null,
    facts     bigint      not null,
    covered   text        not null,
    kind      text,
    subject   text,
    expected  text,
    found     text
);
