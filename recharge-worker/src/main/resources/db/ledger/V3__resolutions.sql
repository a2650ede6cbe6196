-- What a person decided about a payment that is held. The first decision in the log counts, and is known by its key.
alter table ledger.payment add column resolved text check (resolved in ('CREDIT', 'REFUND'));
alter table ledger.payment add column resolution_key text;
alter table ledger.payment add check ((resolved is null) = (resolution_key is null) and (resolved is null or held is not null));

-- An order has one CREDIT, with the empty ref; a RELEASE has provider and transaction id as its ref: one for each payment.
alter table ledger.transfer drop constraint transfer_kind_check;
alter table ledger.transfer add constraint transfer_kind_check check (kind in ('CREDIT', 'RELEASE'));
