-- What waits for a decision is little among all that was ever held.
create index hold_open on orders.hold (held_at, provider, transaction_id) where not told;
