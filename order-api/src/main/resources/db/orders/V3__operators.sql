-- What is known of each order, as the log tells it: facts, notices, answers of providers. One row for each record, so that what was
-- told twice is seen twice, and a record that is read again changes nothing.
create table orders.timeline (
    record   text        primary key, -- topic, partition and offset
    trade_no text        not null,
    at       timestamptz not null,
    kind     text        not null,
    source   text        not null,
    fact_id  text        not null,    -- the same for a fact that is told again
    data     jsonb       not null
);
create index timeline_of_order on orders.timeline (trade_no, at, record);

-- For the operators' list: newest first, by whatever it is narrowed to.
create index topup_newest on orders.topup (created_at desc, trade_no desc);
create index topup_status on orders.topup (status, created_at desc, trade_no desc);
create index topup_fen on orders.topup (fen, created_at desc, trade_no desc);
create index topup_number on orders.topup (trade_no text_pattern_ops);
create index topup_transaction on orders.topup (transaction_id text_pattern_ops);
