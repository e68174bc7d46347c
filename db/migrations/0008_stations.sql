-- Running a station: opening hours, closed places, the rota of deputies,
-- matters raised at receptions, the yearly plan, instructions, documents.

ALTER TABLE station ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE place ADD COLUMN closed_on TEXT;   -- last day; NULL: in use

-- Who receives people on which day. Once announced the reception is an
-- activity; then invitation, sign-in and duty record are that activity's.
CREATE TABLE rota (
  id        INTEGER PRIMARY KEY,
  unit      INTEGER NOT NULL REFERENCES unit (id),
  station   INTEGER NOT NULL REFERENCES station (id),
  place     INTEGER REFERENCES place (id),     -- NULL: the station itself
  person    INTEGER NOT NULL REFERENCES person (id),
  mandate   INTEGER NOT NULL REFERENCES mandate (id),
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  month     INTEGER NOT NULL,                  -- of starts_at, 202203
  state     TEXT    NOT NULL CHECK (state IN ('due', 'absent')),
  reason    TEXT    NOT NULL DEFAULT '',       -- of the absence
  activity  INTEGER REFERENCES activity (id),  -- NULL: not announced
  CHECK (ends_at > starts_at)
) STRICT;
CREATE UNIQUE INDEX rota_person ON rota (person, starts_at);
CREATE INDEX rota_starts ON rota (starts_at, id);
CREATE INDEX rota_unit ON rota (unit, starts_at, id);
CREATE INDEX rota_station ON rota (station, starts_at, id);
CREATE INDEX rota_place ON rota (place) WHERE place IS NOT NULL;
CREATE INDEX rota_mandate ON rota (mandate);
CREATE INDEX rota_activity ON rota (activity) WHERE activity IS NOT NULL;

-- What was raised at a reception: a note, without contact.
CREATE TABLE matter (
  id       INTEGER PRIMARY KEY,
  activity INTEGER NOT NULL REFERENCES activity (id),
  unit     INTEGER NOT NULL REFERENCES unit (id),     -- the activity's
  station  INTEGER NOT NULL REFERENCES station (id),
  words    TEXT    NOT NULL,
  who      TEXT    NOT NULL DEFAULT '',        -- how to call them; no contact
  place    TEXT    NOT NULL DEFAULT '',
  category TEXT    NOT NULL DEFAULT '',
  noted_at INTEGER NOT NULL,
  noted_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX matter_activity ON matter (activity, id);
CREATE INDEX matter_unit ON matter (unit, id);
CREATE INDEX matter_station ON matter (station, id);
CREATE INDEX matter_noted_by ON matter (noted_by);

CREATE TABLE plan_item (
  id         INTEGER PRIMARY KEY,
  unit       INTEGER REFERENCES unit (id),     -- NULL: the county's
  title      TEXT    NOT NULL,
  month      INTEGER NOT NULL,                 -- due in it: 202204
  office     TEXT    NOT NULL,                 -- who sees to it
  detail     TEXT    NOT NULL DEFAULT '',
  state      TEXT    NOT NULL
               CHECK (state IN ('planned', 'in_progress', 'done', 'dropped')),
  reason     TEXT    NOT NULL DEFAULT '',
  version    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX plan_item_month ON plan_item (month, id);
CREATE INDEX plan_item_unit ON plan_item (unit, month, id);

CREATE TABLE instruction (
  id      INTEGER PRIMARY KEY,
  unit    INTEGER REFERENCES unit (id),        -- who sends; NULL: the county
  title   TEXT    NOT NULL,
  text    TEXT    NOT NULL,
  due_at  INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  sent_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX instruction_sent ON instruction (sent_at, id);
CREATE INDEX instruction_unit ON instruction (unit, sent_at, id);
CREATE INDEX instruction_sent_by ON instruction (sent_by);

-- One row a unit or station that an instruction went to. What was reported
-- when is told by its events.
CREATE TABLE receipt (
  id          INTEGER PRIMARY KEY,
  instruction INTEGER NOT NULL REFERENCES instruction (id),
  unit        INTEGER NOT NULL REFERENCES unit (id),
  station     INTEGER REFERENCES station (id), -- NULL: the unit itself
  due_at      INTEGER NOT NULL,                -- the instruction's
  state       TEXT    NOT NULL
                CHECK (state IN ('sent', 'received', 'in_progress', 'done')),
  received_at INTEGER,
  received_by INTEGER REFERENCES person (id),
  done_at     INTEGER,
  note        TEXT    NOT NULL DEFAULT ''      -- the newest report
) STRICT;
CREATE UNIQUE INDEX receipt_once
  ON receipt (instruction, unit, ifnull(station, 0));
CREATE INDEX receipt_of ON receipt (instruction, state);
CREATE INDEX receipt_due ON receipt (due_at, instruction)
  WHERE state <> 'done';
CREATE INDEX receipt_unit ON receipt (unit, due_at) WHERE state <> 'done';
CREATE INDEX receipt_station ON receipt (station, due_at)
  WHERE state <> 'done';
CREATE INDEX receipt_received_by ON receipt (received_by);

CREATE TABLE document (
  id       INTEGER PRIMARY KEY,
  unit     INTEGER REFERENCES unit (id),       -- NULL: the county's
  name     TEXT    NOT NULL,
  kind     TEXT    NOT NULL
             CHECK (kind IN ('rule', 'form', 'notice', 'minutes', 'other')),
  text     TEXT    NOT NULL,
  version  INTEGER NOT NULL,                   -- times it was replaced
  saved_at INTEGER NOT NULL,
  saved_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX document_name ON document (ifnull(unit, 0), name);
CREATE INDEX document_unit ON document (unit, kind, id);
CREATE INDEX document_saved_by ON document (saved_by);

INSERT INTO setting VALUES ('reception.title', '代表接待日');

INSERT INTO role_perm VALUES
  ('county_staff', 'station.read'), ('county_staff', 'station.write'),
  ('county_staff', 'instruction.send'),
  ('unit_staff', 'station.read'), ('unit_staff', 'station.write'),
  ('unit_staff', 'instruction.send'),
  ('station_head', 'station.read'), ('station_head', 'station.write'),
  ('vice_head', 'station.read'), ('vice_head', 'station.write'),
  ('officer', 'station.read'), ('officer', 'station.write'),
  ('deputy', 'rota.read'), ('county_staff', 'rota.read'),
  ('unit_staff', 'rota.read'), ('station_head', 'rota.read'),
  ('vice_head', 'rota.read'), ('officer', 'rota.read'),
  ('leader', 'rota.read'), ('leader', 'station.read');
