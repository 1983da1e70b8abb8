-- Whose file it was, where somebody else's was handed in.
ALTER TABLE access ADD COLUMN about text NOT NULL DEFAULT '';
-- A line that takes another's place would change it without a word: no trigger on delete fires for it.
CREATE TRIGGER access_is_not_replaced BEFORE INSERT ON access
WHEN EXISTS (SELECT 1 FROM access WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'a line of who opened what is never changed'); END;
