-- What opens a person's store on a tablet again once its PIN is forgotten. The last few of each, since an answer may be
-- lost on the way.
CREATE TABLE store_secret (
  account text NOT NULL,
  device text NOT NULL,
  secret text NOT NULL,
  made_at text NOT NULL,
  PRIMARY KEY (account, device, secret)
);

-- 挂失: the office takes what this session still hands in, and tells it nothing but to clear its store.
ALTER TABLE session ADD COLUMN lost_at text;
