-- 1 where no change wrote the record: it was built anew because of one that came back late (a restored backup).
ALTER TABLE touch ADD COLUMN is_rebuilt integer NOT NULL DEFAULT 0;
-- Whose change it was: nobody else waits for it. Null where nobody noted it.
ALTER TABLE outcome ADD COLUMN author text;
