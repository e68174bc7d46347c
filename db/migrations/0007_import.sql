-- What was brought in from files: an import is a row, and so is each number
-- its source calls a record by, so that the same file again adds nothing.

CREATE TABLE import (
  id       INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL,                   -- of db/import.h: 'persons', ..
  unit     INTEGER REFERENCES unit (id),       -- NULL: of several units
  event    INTEGER NOT NULL REFERENCES event (id),
  encoding TEXT    NOT NULL,                   -- as it was read
  added    INTEGER NOT NULL,                   -- lines written
  already  INTEGER NOT NULL,                   -- there from an earlier import
  skipped  INTEGER NOT NULL,                   -- bad lines left out
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX import_unit ON import (unit, id);
CREATE INDEX import_event ON import (event);

-- A number is the source's own and so means something within a unit only.
CREATE TABLE import_source (
  id     INTEGER PRIMARY KEY,
  kind   TEXT    NOT NULL,                     -- an entity's name
  unit   INTEGER NOT NULL REFERENCES unit (id),
  number TEXT    NOT NULL,
  record INTEGER NOT NULL,                     -- id of that entity's row
  import INTEGER NOT NULL REFERENCES import (id)
) STRICT;
CREATE UNIQUE INDEX import_source_number ON import_source (kind, number, unit);
CREATE INDEX import_source_unit ON import_source (unit);
CREATE INDEX import_source_import ON import_source (import);

INSERT INTO role_perm VALUES
  ('admin', 'import.read'),
  ('county_staff', 'import.read'), ('county_staff', 'import.write'),
  ('unit_staff', 'import.read'), ('unit_staff', 'import.write');
