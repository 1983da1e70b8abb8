-- Who may sign in, with which rights, from which devices. No password, token or link is stored, only hashes.
CREATE TABLE account (
  id text PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  disabled_at text,
  created_at text NOT NULL
);

CREATE TABLE account_grant (
  id text PRIMARY KEY,
  account text NOT NULL,
  role text NOT NULL,
  area text NOT NULL,
  unit text,
  valid_from text,
  valid_to text
);
CREATE INDEX account_grant_by_account ON account_grant (account);
CREATE INDEX account_grant_by_area ON account_grant (area);

CREATE TABLE device (
  account text NOT NULL,
  id text NOT NULL,
  position integer NOT NULL,
  first_seen_at text NOT NULL,
  PRIMARY KEY (account, id)
);

CREATE TABLE session (
  token_hash text PRIMARY KEY,
  account text NOT NULL,
  device text NOT NULL,
  created_at text NOT NULL,
  expires_at text NOT NULL,
  revoked_at text
);
CREATE INDEX session_by_account ON session (account);

CREATE TABLE setup_link (
  token_hash text PRIMARY KEY,
  expires_at text NOT NULL,
  used_at text
);
