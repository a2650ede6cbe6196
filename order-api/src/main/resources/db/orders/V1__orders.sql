-- The orders as their owners see them. What the log says can be rebuilt from it; the rest is needed only while a code is made.

create table orders.topup (
    trade_no        text        primary key,
    version         integer     not null,
    status          text        not null,
    user_id         text        not null,
    scene           text        not null,
    idempotency_key text        not null,
    provider        text        not null,
    app_id          text        not null,
    merchant_id     text        not null,
    amount          bigint      not null,
    display_type    text        not null,
    quota_per_unit  bigint      not null,
    price           numeric     not null,
    group_ratio     numeric     not null,
    discount        numeric     not null,
    fen             bigint      not null check (fen > 0),
    quota           bigint      not null check (quota > 0),
    subject         text        not null,
    client_address  text        not null,
    notify_url      text        not null,
    pay_url         text,
    transaction_id  text,
    late            boolean     not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    asked_at        timestamptz, -- since when somebody is asking the provider for a code
    paid_at         timestamptz,
    credited_at     timestamptz,
    unique (user_id, idempotency_key)
);
create index topup_history on orders.topup (user_id, created_at desc, trade_no desc);

-- The order as it was after each move, for pages that were away.
create table orders.progress (like orders.topup, primary key (trade_no, version));
