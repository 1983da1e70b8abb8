-- What was erased of people, when and why: counts, never whose or what. Only added to.
CREATE TABLE purge (
  id text PRIMARY KEY,
  at text NOT NULL,
  community text NOT NULL,
  what text NOT NULL,
  why text NOT NULL,
  author text,
  count integer NOT NULL
);
CREATE INDEX purge_by_community ON purge (community, id);
CREATE TRIGGER purge_is_not_changed BEFORE UPDATE ON purge
BEGIN SELECT RAISE(ABORT, 'a line of what was erased is never changed'); END;
CREATE TRIGGER purge_is_kept BEFORE DELETE ON purge
BEGIN SELECT RAISE(ABORT, 'a line of what was erased is kept'); END;
-- What a record still waits for, asked of each before it goes.
CREATE INDEX photo_by_record ON photo (community, record_id);
-- Why one person's data was handed out; empty for what is opened in the course of work.
ALTER TABLE access ADD COLUMN reason text NOT NULL DEFAULT '';
