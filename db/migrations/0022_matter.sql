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

-- What was noted at receptions becomes opinions that wait to be taken up. A
-- free word for a category begins the words; days are counted plainly, as
-- the calendar is not at hand here.
INSERT INTO opinion (id, unit, station, venue, source, sender, activity,
  subject, body, level, state, received_at, received_by, month, clock,
  clock_at, clock_days, warn_on, due_on)
SELECT (SELECT coalesce(max(id), 0) FROM opinion)
       + row_number() OVER (ORDER BY id),
       unit, station, place, 'meeting', who, activity,
       substr(replace(words, char(10), ' '), 1, 24),
       iif(category = '', '', category || ': ') || words, 'station', 'new',
       noted_at, noted_by,
       CAST(strftime('%Y%m', noted_at, 'unixepoch', '+8 hours') AS INTEGER),
       'first_response', noted_at, 2,
       date(noted_at, 'unixepoch', '+8 hours', '+1 day'),
       date(noted_at, 'unixepoch', '+8 hours', '+2 days')
  FROM matter;
DROP TABLE matter;
