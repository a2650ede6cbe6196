-- Whether an operator wants the order to end: NONE, WANTED (and not told as closed yet), TOLD (closed for everybody, and its code may
-- still live at the provider).
alter table recon.pending add column cancelling text not null default 'NONE' check (cancelling in ('NONE', 'WANTED', 'TOLD'));
