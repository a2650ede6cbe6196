-- Payments that are or were held, and what was decided about them. An act is written down before the log is told, so that two operators
-- cannot both be told yes; what the log says first is what counts, whatever stands here.
create table orders.hold (
    provider       text        not null,
    transaction_id text        not null,
    trade_no       text        not null,
    fen            bigint      not null,
    currency       text        not null,
    reason         text        not null,
    held_at        timestamptz not null,
    key            text,                   -- of the act that decided
    user_id        text,                 -- whose quota grows; null for a refund
    quota          bigint,
    actor          text,
    why            text,
    told           boolean     not null default false, -- whether the log says so
    primary key (provider, transaction_id),
    unique (trade_no, key),
    check ((key is null) = (actor is null) and (key is null) = (why is null) and (user_id is null) = (quota is null))
);

insert into orders.hold (provider, transaction_id, trade_no, fen, currency, reason, held_at)
select distinct on (data ->> 'provider', data ->> 'transactionId')
    data ->> 'provider', data ->> 'transactionId', trade_no, (data -> 'money' ->> 'fen')::bigint, data -> 'money' ->> 'currency',
    data ->> 'reason', at
from orders.timeline where kind = 'PaymentHeld' order by data ->> 'provider', data ->> 'transactionId', at;

-- What became quota, payment by payment: a person may release one to somebody else, or with another quota than the order's.
create table orders.credit (
    trade_no       text   not null,
    transaction_id text   not null,
    user_id        text not null,
    quota          bigint not null,
    primary key (trade_no, transaction_id)
);
create index credit_of_user on orders.credit (user_id) include (quota);

insert into orders.credit (trade_no, transaction_id, user_id, quota)
select trade_no, transaction_id, user_id, quota from orders.topup where status = 'CREDITED';

-- What its owner was credited with for the order so far.
alter table orders.topup add column credited_quota bigint not null default 0;
alter table orders.progress add column credited_quota bigint not null default 0;
update orders.topup set credited_quota = quota where status = 'CREDITED';
update orders.progress set credited_quota = quota where status = 'CREDITED';
