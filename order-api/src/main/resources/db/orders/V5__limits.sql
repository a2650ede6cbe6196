-- How much of each request limit is used, for all instances. Unlogged: the table is written with each request, and after a crash or on
-- a standby that took over everybody may begin anew. Half of each page is left free, so that a change stays on it.
create unlogged table orders.request_limit (
    id         text   primary key,
    state      bytea,
    -- Milliseconds of the epoch; from then on a bucket is full again, and the row says nothing. One that is not yet written waits an hour.
    expires_at bigint not null default (extract(epoch from now() + interval '1 hour') * 1000)
) with (fillfactor = 50);
