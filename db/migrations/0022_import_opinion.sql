-- Numbers of a source that are the county's own: opinions may belong to no
-- unit.
CREATE TABLE import_source_new (
  id     INTEGER PRIMARY KEY,
  kind   TEXT    NOT NULL,                     -- an entity's name
  unit   INTEGER REFERENCES unit (id),         -- NULL: the county itself
  number TEXT    NOT NULL,
  record INTEGER NOT NULL,                     -- id of that entity's row
  import INTEGER NOT NULL REFERENCES import (id)
) STRICT;
INSERT INTO import_source_new SELECT * FROM import_source;
DROP TABLE import_source;
ALTER TABLE import_source_new RENAME TO import_source;
CREATE UNIQUE INDEX import_source_number ON import_source (kind, number, unit);
CREATE INDEX import_source_unit ON import_source (unit);
CREATE INDEX import_source_import ON import_source (import);
