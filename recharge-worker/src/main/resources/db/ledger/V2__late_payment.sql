-- What becomes of money that comes after the order was closed, as the closing said: CREDIT or HOLD.
alter table ledger.expected add column late_payment text;
update ledger.expected set late_payment = 'CREDIT' where closed_at is not null;
