-- Who wished what for which reason, before the log knows: the same key is the same act, also while it is on its way.
create table orders.act (
    id     uuid   primary key, -- of the fact
    actor  text not null,
    reason text   not null
);
