-- The store itself: its epoch (a restored backup starts a new one) and the key that seals receipts.
CREATE TABLE store (
  id integer PRIMARY KEY,
  epoch text NOT NULL,
  seal_key text NOT NULL,
  created_at text NOT NULL
);

-- Reference: what a community has drawn and decided. Community first in every key, so that a city can shard by it.
CREATE TABLE area (code text PRIMARY KEY, name text NOT NULL);

CREATE TABLE community (
  code text PRIMARY KEY,
  name text NOT NULL,
  -- The last sequence number given; locked first by every transaction that writes records.
  head bigint NOT NULL,
  is_demo integer NOT NULL
);

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

-- Records as they are now; the columns beside the body are what lists, filters and rights ask for.
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
CREATE INDEX record_by_state ON record (community, kind, state, received_at);
CREATE INDEX record_by_unit ON record (community, unit, received_at);
CREATE INDEX record_by_subject ON record (community, subject_id);
CREATE INDEX record_by_building ON record (community, building);

-- The log: every accepted change as the bytes its device made.
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
  body text NOT NULL,
  PRIMARY KEY (community, sequence),
  UNIQUE (community, id)
);

-- Which records a change wrote. before_keys: who could see the record before, where the change moved that.
CREATE TABLE touch (
  community text NOT NULL,
  sequence bigint NOT NULL,
  record_id text NOT NULL,
  creates integer NOT NULL,
  before_keys text,
  PRIMARY KEY (community, sequence, record_id)
);
CREATE INDEX touch_by_record ON touch (community, record_id, sequence);

-- Refusals are remembered: a late copy of a refused change must not be accepted after all.
CREATE TABLE outcome (
  community text NOT NULL,
  change_id text NOT NULL,
  record_id text NOT NULL,
  creates integer NOT NULL,
  sha256 text NOT NULL,
  receipt text NOT NULL,
  received_at text NOT NULL,
  PRIMARY KEY (community, change_id)
);
CREATE INDEX outcome_by_record ON outcome (community, record_id);

-- Pictures and voice notes declared by an accepted change; stored_at once every byte is on disk.
CREATE TABLE photo (
  community text NOT NULL,
  id text NOT NULL,
  record_id text NOT NULL,
  author text NOT NULL,
  mime text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  stored_at text,
  thumbnail text,
  PRIMARY KEY (community, id)
);
CREATE INDEX photo_by_id ON photo (id);
