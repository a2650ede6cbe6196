-- Orders that nobody has a code for: few, and looked for every minute.
create index topup_new on orders.topup (expires_at) where status = 'NEW';
