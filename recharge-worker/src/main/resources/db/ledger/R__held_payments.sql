-- Held payments are few among all that ever came, and are counted every few seconds.
create index if not exists payment_held on ledger.payment (trade_no) where held is not null;
