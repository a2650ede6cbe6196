-- Facts about one order stand in one partition, in their order; the clocks of those who told them may differ. What is there already gets its
-- place out of its name.
alter table orders.timeline
    add column log_offset bigint generated always as (split_part(record, '/', 3)::bigint) stored,
    add column stray_since timestamptz; -- of a forged notice: since when it is kept although there was no such order

-- What is not kept for ever.
create index timeline_heard on orders.timeline (at) where kind in ('Notification', 'ProviderAnswer');
create index timeline_stray on orders.timeline (stray_since) where stray_since is not null;
