-- Erased records: a late copy must not bring them back. Their changes stay as stubs: id, hash and sequence.
CREATE TABLE erased (
  community text NOT NULL,
  record_id text NOT NULL,
  sequence bigint NOT NULL,
  erased_at text NOT NULL,
  PRIMARY KEY (community, record_id)
);
-- Up to this sequence tombstones have been forgotten: an older cursor reads everything anew.
ALTER TABLE community ADD COLUMN forgotten_through bigint NOT NULL DEFAULT 0;
