-- The audit stream: every record of sluice.events and sluice.books as it is in the log, with what it means in money. All of it can be rebuilt
-- from the log, to the same rows and hashes.

-- How much of the log is in the table below; moved in the same transaction as its rows.
create table audit.position (
    view            text    not null,
    topic           text    not null,
    partition       integer not null,
    next_offset     bigint  not null check (next_offset >= 0),
    log_end         bigint, -- where the log ended, when it lost what comes before next_offset: an operator decides
    set_aside_up_to bigint, -- an operator's: refused records up to this offset become dead letters
    primary key (view, topic, partition)
);

-- One row for each record, chained for each partition: place counts them from 1, and hash is SHA-256 over the hash of the row before and the
-- other columns, in the layout that docs/finance.md has. Of a record whose event the log had before, repeated is true, and what it means in
-- money is empty: it counts for nothing.
create table audit.event (
    topic          text        not null,
    partition      integer     not null,
    record_offset  bigint      not null,
    place          bigint      not null check (place > 0),
    event_id       text        not null,
    type           text        not null,
    at             timestamptz not null,
    repeated       boolean     not null,
    trade_no       text,
    user_id        text,
    provider       text,
    refund_no      text,
    actor          text,
    money_in       bigint,
    money_out      bigint,
    currency       text,
    quota          bigint,
    debit_account  text,
    credit_account text,
    value          bytea       not null,
    hash           bytea       not null check (length(hash) = 32),
    primary key (topic, partition, record_offset)
);
create index event_at on audit.event (at, topic, partition, record_offset);
create index event_trade_no on audit.event (trade_no, at, topic, partition, record_offset) where trade_no is not null;
create index event_user_id on audit.event (user_id, at, topic, partition, record_offset) where user_id is not null;
-- Those of sluice.books name no order.
create index event_of_books on audit.event (event_id) where topic = 'sluice.books';
create index event_type on audit.event (type, at, topic, partition, record_offset);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit.event is append-only';
end $$;
create trigger event_is_append_only before update or delete on audit.event
    for each row execute function audit.refuse_change();
