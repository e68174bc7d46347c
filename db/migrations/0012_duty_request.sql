-- What a deputy asks about their duty file: a record that no code made, a
-- correction, an appeal; and the closing of months.

CREATE TABLE duty_request (
  id           INTEGER PRIMARY KEY,            -- the number people use
  kind         TEXT    NOT NULL CHECK (kind IN ('claim', 'correction')),
  state        TEXT    NOT NULL CHECK (state IN ('asked', 'checked',
                 'rejected', 'withdrawn', 'appealed', 'granted', 'dismissed')),
  person       INTEGER NOT NULL REFERENCES person (id),
  mandate      INTEGER NOT NULL REFERENCES mandate (id),
  unit         INTEGER NOT NULL REFERENCES unit (id),    -- where it is checked
  station      INTEGER NOT NULL REFERENCES station (id),
  duty         TEXT    NOT NULL REFERENCES duty_kind (name),
  wanted       TEXT    NOT NULL CHECK (wanted IN ('full', 'late', 'none')),
  record       INTEGER,                        -- a correction's; may be gone
  activity     INTEGER REFERENCES activity (id), -- whose roll it corrects
  title        TEXT    NOT NULL,
  venue        TEXT    NOT NULL,
  happened_at  INTEGER NOT NULL,
  words        TEXT    NOT NULL,               -- the deputy's
  answer       TEXT    NOT NULL DEFAULT '',    -- the officer's
  appeal       TEXT    NOT NULL DEFAULT '',    -- the deputy's again
  verdict      TEXT    NOT NULL DEFAULT '',    -- the head's
  asked_at     INTEGER NOT NULL,
  answered_by  INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX duty_request_person ON duty_request (person, asked_at, id);
CREATE INDEX duty_request_unit ON duty_request (unit, asked_at, id);
CREATE INDEX duty_request_station ON duty_request (station, asked_at, id);
CREATE INDEX duty_request_asked ON duty_request (asked_at, id);
CREATE INDEX duty_request_unit_state
  ON duty_request (unit, state, asked_at, id);
CREATE INDEX duty_request_station_state
  ON duty_request (station, state, asked_at, id);
CREATE INDEX duty_request_state ON duty_request (state, asked_at, id);
CREATE INDEX duty_request_mandate ON duty_request (mandate);
CREATE INDEX duty_request_activity ON duty_request (activity)
  WHERE activity IS NOT NULL;
CREATE INDEX duty_request_answered_by ON duty_request (answered_by)
  WHERE answered_by IS NOT NULL;

-- A month of a unit, declared done: by whom, and what was left open, why.
CREATE TABLE month_close (
  id        INTEGER PRIMARY KEY,
  unit      INTEGER NOT NULL REFERENCES unit (id),
  month     INTEGER NOT NULL,                  -- 202203
  closed_at INTEGER NOT NULL,
  closed_by INTEGER REFERENCES person (id),
  left_open INTEGER NOT NULL,                  -- how many things
  left_what TEXT    NOT NULL,                  -- "draft 2 leave 1"
  why       TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX month_close_once ON month_close (unit, month);
CREATE INDEX month_close_by ON month_close (closed_by);

INSERT INTO setting VALUES
  ('duty.claim_days', '366'),                  -- how late one may ask
  ('duty.check_days', '14');                   -- until a request is overdue

INSERT INTO role_perm VALUES
  ('county_staff', 'duty.check'), ('county_staff', 'duty.head'),
  ('unit_staff', 'duty.check'),
  ('station_head', 'duty.check'), ('station_head', 'duty.head'),
  ('vice_head', 'duty.check'), ('vice_head', 'duty.head'),
  ('officer', 'duty.check'),
  ('county_staff', 'month.read'), ('leader', 'month.read'),
  ('unit_staff', 'month.read'), ('unit_staff', 'month.close'),
  ('station_head', 'month.read'), ('station_head', 'month.close'),
  ('vice_head', 'month.read'), ('vice_head', 'month.close'),
  ('officer', 'month.read');

-- Files of a group and of a term are read by these.
DROP INDEX duty_record_grp;
CREATE INDEX duty_record_grp ON duty_record (grp, happened_at, id)
  WHERE grp IS NOT NULL;

-- The same counters as a year's, told apart by term:
-- part is <term>/<kind>/<grade>.
CREATE TRIGGER duty_term_add AFTER INSERT ON duty_record
  WHEN new.state IN ('automatic', 'checked')
BEGIN
  INSERT INTO counter VALUES
    ('term.person', new.person, new.year,
     new.term || '/' || new.kind || '/' || new.grade, 1),
    ('term.station', new.station, new.year,
     new.term || '/' || new.kind || '/' || new.grade, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter
  SELECT 'term.group', new.grp, new.year,
         new.term || '/' || new.kind || '/' || new.grade, 1
   WHERE new.grp IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER duty_term_drop AFTER DELETE ON duty_record
  WHEN old.state IN ('automatic', 'checked')
BEGIN
  INSERT INTO counter VALUES
    ('term.person', old.person, old.year,
     old.term || '/' || old.kind || '/' || old.grade, -1),
    ('term.station', old.station, old.year,
     old.term || '/' || old.kind || '/' || old.grade, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'term.group', old.grp, old.year,
         old.term || '/' || old.kind || '/' || old.grade, -1
   WHERE old.grp IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
