-- Who opened what of people at the office, or tried to. Only added to; a line goes by its age, and before that by nothing.
CREATE TABLE access (
  id text PRIMARY KEY,
  at text NOT NULL,
  account text NOT NULL,
  community text NOT NULL,
  what text NOT NULL,
  record_id text NOT NULL,
  purpose text NOT NULL,
  is_refused integer NOT NULL
);
CREATE INDEX access_by_community ON access (community, id);
CREATE INDEX access_by_account ON access (account, record_id, what, at);
CREATE TRIGGER access_is_not_changed BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'a line of who opened what is never changed'); END;
CREATE TRIGGER access_is_kept BEFORE DELETE ON access
WHEN old.at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-3 years')
BEGIN SELECT RAISE(ABORT, 'a line of who opened what is kept for three years'); END;
