CREATE TABLE migration (name text PRIMARY KEY, applied_at text NOT NULL);
CREATE TABLE store (
  id integer PRIMARY KEY,
  epoch text NOT NULL,
  seal_key text NOT NULL,
  created_at text NOT NULL
, restored_at text);
CREATE TABLE area (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE community (
  code text PRIMARY KEY,
  name text NOT NULL,

  head bigint NOT NULL,
  is_demo integer NOT NULL
, forgotten_through bigint NOT NULL DEFAULT 0);
CREATE TABLE case_counter (
  community text NOT NULL,
  year integer NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (community, year)
);
CREATE TABLE reference_item (
  community text NOT NULL,
  kind text NOT NULL,
  code text NOT NULL,
  position integer NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (community, kind, code)
);
CREATE TABLE record (
  community text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  version bigint NOT NULL,
  sequence bigint NOT NULL,
  state text NOT NULL,
  owner_grid text NOT NULL,
  facility_grid text,
  unit text,
  restricted integer NOT NULL,
  author text NOT NULL,
  subject_id text,
  category text,
  building text,
  number text,
  due_at text,
  received_at text NOT NULL,
  search text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (community, id)
);
CREATE TABLE change (
  community text NOT NULL,
  sequence bigint NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  author text NOT NULL,
  device text NOT NULL,
  at text NOT NULL,
  received_at text NOT NULL,
  sha256 text NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL, carried_by text, settled text, earlier_sequence bigint, is_retold integer NOT NULL DEFAULT 0,
  PRIMARY KEY (community, sequence),
  UNIQUE (community, id)
);
CREATE TABLE touch (
  community text NOT NULL,
  sequence bigint NOT NULL,
  record_id text NOT NULL,
  creates integer NOT NULL,
  before_keys text, is_rebuilt integer NOT NULL DEFAULT 0,
  PRIMARY KEY (community, sequence, record_id)
);
CREATE TABLE outcome (
  community text NOT NULL,
  change_id text NOT NULL,
  record_id text NOT NULL,
  creates integer NOT NULL,
  sha256 text NOT NULL,
  receipt text NOT NULL,
  received_at text NOT NULL, author text,
  PRIMARY KEY (community, change_id)
);
CREATE TABLE photo (
  community text NOT NULL,
  id text NOT NULL,
  record_id text NOT NULL,
  author text NOT NULL,
  mime text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  stored_at text,
  thumbnail text, carried_by text,
  PRIMARY KEY (community, id)
);
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
CREATE TABLE setup_link (
  token_hash text PRIMARY KEY,
  expires_at text NOT NULL,
  used_at text
);
CREATE TABLE erased (
  community text NOT NULL,
  record_id text NOT NULL,
  sequence bigint NOT NULL,
  erased_at text NOT NULL,
  PRIMARY KEY (community, record_id)
);
CREATE INDEX record_by_state ON record (community, kind, state, received_at);
CREATE INDEX record_by_unit ON record (community, unit, received_at);
CREATE INDEX record_by_subject ON record (community, subject_id);
CREATE INDEX record_by_building ON record (community, building);
CREATE INDEX touch_by_record ON touch (community, record_id, sequence);
CREATE INDEX outcome_by_record ON outcome (community, record_id);
CREATE INDEX photo_by_id ON photo (id);
CREATE INDEX account_grant_by_account ON account_grant (account);
CREATE INDEX account_grant_by_area ON account_grant (area);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX record_by_number ON record (community, number);
