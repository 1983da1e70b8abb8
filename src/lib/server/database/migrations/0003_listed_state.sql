-- The state of a record is what its list is asked by: a case whose check has passed, a need whose resident was told.
UPDATE record SET state = 'checked'
WHERE kind = 'case' AND state = 'handled' AND json_extract(body, '$.result.passed') = 1;

UPDATE record SET state = 'told'
WHERE kind = 'need' AND json_extract(body, '$.told.at') IS NOT NULL;
