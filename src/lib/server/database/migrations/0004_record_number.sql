-- A record is found by the number somebody typed.
CREATE INDEX record_by_number ON record (community, number);
