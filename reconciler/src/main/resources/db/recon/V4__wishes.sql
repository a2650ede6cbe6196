-- When the order shall be asked for at the latest, wished after it was taken last: whoever asks right now does not know of it.
alter table recon.pending add column wished_at timestamptz;
