-- Held payments that nobody has decided about are few among all that ever came, and are counted every few seconds.
drop index if exists ledger.payment_held;
create index payment_held on ledger.payment (trade_no) where held is not null and resolved is null;
