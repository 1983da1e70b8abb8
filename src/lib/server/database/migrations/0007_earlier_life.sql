-- What the server set when it accepted a change (a case number, the end of a limit): part of what its seal says.
ALTER TABLE change ADD COLUMN settled text;
-- Handed back after a restored backup: its sequence in the store's earlier life.
ALTER TABLE change ADD COLUMN earlier_sequence bigint;
-- 1 where a tablet only told what it had read of it; the bytes its device made may still come.
ALTER TABLE change ADD COLUMN is_retold integer NOT NULL DEFAULT 0;
-- When this life of the store began, where it is not the first.
ALTER TABLE store ADD COLUMN restored_at text;
