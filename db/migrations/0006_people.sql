-- People over the years: who may keep the roster, who runs an activity now,
-- the change of a congress's term, and files sealed with it.

INSERT INTO role_perm VALUES
  ('admin', 'people.write'),
  ('county_staff', 'people.write'), ('county_staff', 'term.change'),
  ('unit_staff', 'people.write'), ('unit_staff', 'term.change');

-- Who runs it now, once it was handed over; NULL: who prepared it.
ALTER TABLE activity ADD COLUMN keeper INTEGER REFERENCES person (id);
CREATE INDEX activity_keeper ON activity (keeper) WHERE keeper IS NOT NULL;

-- A change of term that was carried out: done until it is confirmed, and
-- until then taken back by striking out its event.
CREATE TABLE term_change (
  id           INTEGER PRIMARY KEY,
  unit         INTEGER REFERENCES unit (id),   -- NULL: the county's congress
  old_term     INTEGER NOT NULL REFERENCES term (id),
  new_term     INTEGER NOT NULL REFERENCES term (id),
  state        TEXT    NOT NULL CHECK (state IN ('done', 'confirmed')),
  last_on      TEXT    NOT NULL,               -- of the old mandates
  mandates     INTEGER NOT NULL,               -- ended
  reelected    INTEGER NOT NULL,               -- of them in the new term too
  offices      INTEGER NOT NULL,               -- ended with them
  codes        INTEGER NOT NULL,               -- revoked
  invitations  INTEGER NOT NULL,               -- taken off or moved
  handed       INTEGER NOT NULL,               -- open activities handed over
  seals        INTEGER NOT NULL DEFAULT 0,     -- files sealed
  event        INTEGER NOT NULL REFERENCES event (id),
  at           INTEGER NOT NULL,
  confirmed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX term_change_old ON term_change (old_term);
CREATE UNIQUE INDEX term_change_new ON term_change (new_term);
CREATE INDEX term_change_unit ON term_change (unit);
CREATE INDEX term_change_event ON term_change (event);

-- A deputy's duty file of one mandate, sealed: the hash of its records in the
-- order of their numbers (db/file_seal.h says which columns).
CREATE TABLE file_seal (
  id      INTEGER PRIMARY KEY,
  mandate INTEGER NOT NULL UNIQUE REFERENCES mandate (id),
  person  INTEGER NOT NULL REFERENCES person (id),
  term    INTEGER NOT NULL REFERENCES term (id),
  unit    INTEGER NOT NULL REFERENCES unit (id),
  records INTEGER NOT NULL,
  hash    TEXT    NOT NULL,                    -- SHA-256, hexadecimal
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX file_seal_person ON file_seal (person);
CREATE INDEX file_seal_term ON file_seal (term);
CREATE INDEX file_seal_unit ON file_seal (unit);

-- What is said of a sealed file afterwards.
CREATE TABLE file_addendum (
  id     INTEGER PRIMARY KEY,
  seal   INTEGER NOT NULL REFERENCES file_seal (id),
  person INTEGER NOT NULL REFERENCES person (id),      -- whose file
  unit   INTEGER NOT NULL REFERENCES unit (id),
  text   TEXT    NOT NULL,
  by     INTEGER REFERENCES person (id),
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX file_addendum_seal ON file_addendum (seal, id);
CREATE INDEX file_addendum_person ON file_addendum (person);
CREATE INDEX file_addendum_unit ON file_addendum (unit);
CREATE INDEX file_addendum_by ON file_addendum (by);

-- Nothing goes into or out of a sealed file, through whatever door. The store
-- knows the word "sealed".
CREATE TRIGGER file_sealed_add BEFORE INSERT ON duty_record
  WHEN EXISTS (SELECT 1 FROM file_seal WHERE mandate = new.mandate)
BEGIN
  SELECT RAISE(ABORT, 'sealed');
END;
CREATE TRIGGER file_sealed_drop BEFORE DELETE ON duty_record
  WHEN EXISTS (SELECT 1 FROM file_seal WHERE mandate = old.mandate)
BEGIN
  SELECT RAISE(ABORT, 'sealed');
END;
CREATE TRIGGER file_sealed_save BEFORE UPDATE ON duty_record
  WHEN EXISTS (SELECT 1 FROM file_seal
                WHERE mandate IN (old.mandate, new.mandate))
BEGIN
  SELECT RAISE(ABORT, 'sealed');
END;
