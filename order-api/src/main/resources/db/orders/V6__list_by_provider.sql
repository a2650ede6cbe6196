-- For the operators' list of a provider that is used no more: without it, all newer orders of the others are read first.
create index topup_provider on orders.topup (provider, created_at desc, trade_no desc);
