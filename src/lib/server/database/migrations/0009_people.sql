-- 开通单: whoever scans it once is signed in there without a password. Its hash alone is stored.
CREATE TABLE slip (
  token_hash text PRIMARY KEY,
  account text NOT NULL,
  made_by text NOT NULL,
  made_at text NOT NULL,
  expires_at text NOT NULL,
  used_at text,
  used_by text,
  withdrawn_at text
);
CREATE INDEX slip_by_account ON slip (account, made_at);

-- What administrators did, as it was before and after: never changed and never deleted.
CREATE TABLE administration (
  id text PRIMARY KEY,
  at text NOT NULL,
  author text NOT NULL,
  area text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  before text,
  after text
);
CREATE INDEX administration_by_area ON administration (area, id);
