-- Who handed a change in for its author, out of a lifeline file (step 14).
ALTER TABLE change ADD COLUMN carried_by text;

-- Who may bring the bytes of a picture beside its author: whoever last handed in the change that declares it.
ALTER TABLE photo ADD COLUMN carried_by text;
