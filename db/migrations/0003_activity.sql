-- Activities, who takes part, their codes, and the duty records that follow.

CREATE TABLE duty_kind (
  name     TEXT PRIMARY KEY,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO duty_kind VALUES
  ('activity', '代表活动', 'activities', 1),
  ('contact', '联系群众', 'contact', 2),
  ('supervision', '监督', 'oversight', 3),
  ('study', '学习', 'study', 4),
  ('meeting', '会议', 'meetings', 5);

CREATE TABLE activity_kind (
  name     TEXT PRIMARY KEY,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  duty     TEXT    NOT NULL REFERENCES duty_kind (name),
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO activity_kind VALUES
  ('check', '检查', 'inspection', 'supervision', 1),
  ('inspect', '视察', 'site visit', 'supervision', 2),
  ('survey', '调研', 'survey', 'supervision', 3),
  ('reception', '接待', 'reception', 'contact', 4),
  ('visit', '走访', 'home visits', 'contact', 5),
  ('talk', '座谈', 'discussion', 'activity', 6),
  ('service', '服务', 'service', 'activity', 7),
  ('study', '学习', 'study', 'study', 8),
  ('meeting', '会议', 'meeting', 'meeting', 9);

-- Points, in tenths, by kind of duty and grade; cap is for a year's records of
-- that row. A rule set holds from its year until the next one.
CREATE TABLE point_rule (
  year   INTEGER NOT NULL,
  kind   TEXT    NOT NULL REFERENCES duty_kind (name),
  grade  TEXT    NOT NULL CHECK (grade IN ('full', 'late')),
  points INTEGER NOT NULL,
  cap    INTEGER,
  PRIMARY KEY (year, kind, grade)
) STRICT, WITHOUT ROWID;
INSERT INTO point_rule VALUES
  (2000, 'activity', 'full', 20, NULL), (2000, 'activity', 'late', 10, NULL),
  (2000, 'contact', 'full', 30, NULL), (2000, 'contact', 'late', 15, NULL),
  (2000, 'supervision', 'full', 30, NULL),
  (2000, 'supervision', 'late', 15, NULL),
  (2000, 'study', 'full', 20, 200), (2000, 'study', 'late', 10, 100),
  (2000, 'meeting', 'full', 20, NULL), (2000, 'meeting', 'late', 10, NULL);

CREATE TABLE activity (
  id            INTEGER PRIMARY KEY,           -- the number people use
  unit          INTEGER NOT NULL REFERENCES unit (id),
  station       INTEGER NOT NULL REFERENCES station (id),
  title         TEXT    NOT NULL,
  kind          TEXT    NOT NULL,              -- activity_kind.name
  place         INTEGER REFERENCES place (id),
  venue         TEXT    NOT NULL,              -- in words
  starts_at     INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  month         INTEGER NOT NULL,              -- of starts_at, 202203
  before_minutes INTEGER NOT NULL,             -- sign-in opens before starts_at
  after_minutes INTEGER NOT NULL,              -- and closes after ends_at
  agenda        TEXT    NOT NULL DEFAULT '',
  minutes       TEXT    NOT NULL DEFAULT '',
  state         TEXT    NOT NULL CHECK (state IN ('draft', 'published', 'open',
                  'closed', 'confirmed', 'archived', 'cancelled')),
  reason        TEXT    NOT NULL DEFAULT '',   -- cancelled or reopened why
  created_at    INTEGER NOT NULL,
  created_by    INTEGER REFERENCES person (id),
  CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX activity_starts ON activity (starts_at, id);
CREATE INDEX activity_unit ON activity (unit, starts_at, id);
CREATE INDEX activity_station ON activity (station, starts_at, id);
CREATE INDEX activity_unit_kind ON activity (unit, kind, starts_at, id);
CREATE INDEX activity_unit_state ON activity (unit, state, starts_at, id);
CREATE INDEX activity_station_kind ON activity (station, kind, starts_at, id);
CREATE INDEX activity_station_state ON activity (station, state, starts_at, id);
CREATE INDEX activity_kind_starts ON activity (kind, starts_at, id);
CREATE INDEX activity_state ON activity (state, starts_at, id);
CREATE INDEX activity_place ON activity (place) WHERE place IS NOT NULL;
CREATE INDEX activity_created_by ON activity (created_by);

CREATE TABLE code (
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('activity', 'station', 'deputy')),
  subject    INTEGER NOT NULL,                 -- activity, station or person
  unit       INTEGER NOT NULL REFERENCES unit (id),
  token      TEXT    NOT NULL UNIQUE,          -- 26 of base32, for addresses
  short_code TEXT,                             -- 6, typed when signed in
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER NOT NULL,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX code_short ON code (short_code)
  WHERE short_code IS NOT NULL;
CREATE INDEX code_subject ON code (kind, subject, id);
CREATE INDEX code_unit ON code (unit);

-- Wrong codes typed, an account and an instant each; the old ones are dropped
-- when one is added. Not a record: no event, no audit.
CREATE TABLE code_try (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX code_try_account ON code_try (account, at);
CREATE INDEX code_try_at ON code_try (at);

INSERT INTO setting VALUES
  ('code.tries', '5'),                         -- wrong ones allowed
  ('code.tries_minutes', '10'),                -- within so long
  ('activity.late_minutes', '15');             -- after the start: late

-- The further records an activity counts for: what a later kind (campaign,
-- project, supervision item) attaches itself by.
CREATE TABLE activity_subject (
  id         INTEGER PRIMARY KEY,
  activity   INTEGER NOT NULL REFERENCES activity (id),
  kind       TEXT    NOT NULL,                 -- an entity's name
  subject    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX activity_subject_once
  ON activity_subject (activity, kind, subject);
CREATE INDEX activity_subject_of ON activity_subject (kind, subject, activity);

CREATE TABLE participant (
  id        INTEGER PRIMARY KEY,
  activity  INTEGER NOT NULL REFERENCES activity (id),
  person    INTEGER NOT NULL REFERENCES person (id),
  mandate   INTEGER NOT NULL REFERENCES mandate (id),
  unit      INTEGER NOT NULL REFERENCES unit (id),    -- the activity's
  station   INTEGER NOT NULL REFERENCES station (id),
  starts_at INTEGER NOT NULL,                         -- the activity's
  month     INTEGER NOT NULL,                         -- the activity's
  state     TEXT    NOT NULL CHECK (state IN ('invited', 'signed_up',
              'leave_asked', 'leave_granted', 'leave_refused', 'signed_in',
              'late', 'absent')),
  walk_in   INTEGER NOT NULL DEFAULT 0,
  confirmed INTEGER NOT NULL DEFAULT 1,               -- 0: walk-in to confirm
  way       TEXT    NOT NULL DEFAULT ''
              CHECK (way IN ('', 'phone', 'pin', 'terminal', 'hand')),
  code      INTEGER REFERENCES code (id),
  signed_at INTEGER,
  reason    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX participant_who ON participant (activity, person);
CREATE INDEX participant_roll ON participant (activity, id);
CREATE INDEX participant_signed ON participant (activity, signed_at, id);
CREATE INDEX participant_waiting ON participant (unit, activity)
  WHERE confirmed = 0;
CREATE INDEX participant_asked ON participant (unit, activity)
  WHERE state = 'leave_asked';
CREATE INDEX participant_person ON participant (person, starts_at, activity);
CREATE INDEX participant_mandate ON participant (mandate);
CREATE INDEX participant_unit ON participant (unit);
CREATE INDEX participant_station ON participant (station);
CREATE INDEX participant_code ON participant (code) WHERE code IS NOT NULL;

CREATE TABLE duty_record (
  id           INTEGER PRIMARY KEY,
  person       INTEGER NOT NULL REFERENCES person (id),
  mandate      INTEGER NOT NULL REFERENCES mandate (id),
  term         INTEGER NOT NULL REFERENCES term (id),
  unit         INTEGER NOT NULL REFERENCES unit (id),
  station      INTEGER NOT NULL REFERENCES station (id),
  grp          INTEGER REFERENCES deputy_group (id),
  year         INTEGER NOT NULL,
  month        INTEGER NOT NULL,
  kind         TEXT    NOT NULL REFERENCES duty_kind (name),
  grade        TEXT    NOT NULL CHECK (grade IN ('full', 'late')),
  event        INTEGER NOT NULL REFERENCES event (id),
  subject_kind TEXT    NOT NULL,               -- what was done: 'activity'
  subject      INTEGER NOT NULL,
  title        TEXT    NOT NULL,
  venue        TEXT    NOT NULL,
  happened_at  INTEGER NOT NULL,
  state        TEXT    NOT NULL
                 CHECK (state IN ('automatic', 'claimed', 'checked', 'rejected'))
) STRICT;
CREATE INDEX duty_record_person ON duty_record (person, happened_at, id);
CREATE INDEX duty_record_unit ON duty_record (unit, happened_at, id);
CREATE INDEX duty_record_station ON duty_record (station, happened_at, id);
CREATE INDEX duty_record_happened ON duty_record (happened_at, id);
CREATE INDEX duty_record_subject ON duty_record (subject_kind, subject, person);
CREATE INDEX duty_record_event ON duty_record (event);
CREATE INDEX duty_record_mandate ON duty_record (mandate);
CREATE INDEX duty_record_term ON duty_record (term);
CREATE INDEX duty_record_grp ON duty_record (grp) WHERE grp IS NOT NULL;

-- Counters, kept by triggers: a new row adds, an old row takes away, an update
-- does both.
-- liaisonctl check recounts them with SQL of its own.

CREATE TRIGGER activity_count_add AFTER INSERT ON activity
BEGIN
  INSERT INTO counter VALUES
    ('activity.unit', new.unit, new.month, new.state, 1),
    ('activity.county', 0, new.month, new.state, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER activity_count_drop AFTER DELETE ON activity
BEGIN
  INSERT INTO counter VALUES
    ('activity.unit', old.unit, old.month, old.state, -1),
    ('activity.county', 0, old.month, old.state, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER activity_count_move AFTER UPDATE OF unit, month, state ON activity
  WHEN (old.unit, old.month, old.state) <> (new.unit, new.month, new.state)
BEGIN
  INSERT INTO counter VALUES
    ('activity.unit', old.unit, old.month, old.state, -1),
    ('activity.county', 0, old.month, old.state, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('activity.unit', new.unit, new.month, new.state, 1),
    ('activity.county', 0, new.month, new.state, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER participant_count_add AFTER INSERT ON participant
BEGIN
  INSERT INTO counter VALUES
    ('roll.activity', new.activity, 0, new.state, 1),
    ('roll.unit', new.unit, new.month, new.state, 1),
    ('roll.county', 0, new.month, new.state, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter
  SELECT 'roll.walkin', new.activity, 0,
         iif(new.confirmed, 'confirmed', 'waiting'), 1
   WHERE new.walk_in
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter SELECT 'code.scans', new.code, 0, '', 1
   WHERE new.code IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER participant_count_drop AFTER DELETE ON participant
BEGIN
  INSERT INTO counter VALUES
    ('roll.activity', old.activity, 0, old.state, -1),
    ('roll.unit', old.unit, old.month, old.state, -1),
    ('roll.county', 0, old.month, old.state, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'roll.walkin', old.activity, 0,
         iif(old.confirmed, 'confirmed', 'waiting'), -1
   WHERE old.walk_in
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter SELECT 'code.scans', old.code, 0, '', -1
   WHERE old.code IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER participant_count_move
  AFTER UPDATE OF state, month, unit ON participant
BEGIN
  INSERT INTO counter VALUES
    ('roll.activity', old.activity, 0, old.state, -1),
    ('roll.unit', old.unit, old.month, old.state, -1),
    ('roll.county', 0, old.month, old.state, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('roll.activity', new.activity, 0, new.state, 1),
    ('roll.unit', new.unit, new.month, new.state, 1),
    ('roll.county', 0, new.month, new.state, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER participant_count_walkin
  AFTER UPDATE OF walk_in, confirmed ON participant
BEGIN
  INSERT INTO counter
  SELECT 'roll.walkin', old.activity, 0,
         iif(old.confirmed, 'confirmed', 'waiting'), -1
   WHERE old.walk_in
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'roll.walkin', new.activity, 0,
         iif(new.confirmed, 'confirmed', 'waiting'), 1
   WHERE new.walk_in
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER participant_count_code AFTER UPDATE OF code ON participant
BEGIN
  INSERT INTO counter SELECT 'code.scans', old.code, 0, '', -1
   WHERE old.code IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter SELECT 'code.scans', new.code, 0, '', 1
   WHERE new.code IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Only records that count: automatic, or claimed and checked.
CREATE TRIGGER duty_count_add AFTER INSERT ON duty_record
  WHEN new.state IN ('automatic', 'checked')
BEGIN
  INSERT INTO counter VALUES
    ('duty.person', new.person, new.year, new.kind || '/' || new.grade, 1),
    ('duty.station', new.station, new.year, new.kind || '/' || new.grade, 1),
    ('duty.unit', new.unit, new.year, new.kind || '/' || new.grade, 1),
    ('duty.unit', new.unit, new.month, new.kind || '/' || new.grade, 1),
    ('duty.county', 0, new.year, new.kind || '/' || new.grade, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter
  SELECT 'duty.group', new.grp, new.year, new.kind || '/' || new.grade, 1
   WHERE new.grp IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER duty_count_drop AFTER DELETE ON duty_record
  WHEN old.state IN ('automatic', 'checked')
BEGIN
  INSERT INTO counter VALUES
    ('duty.person', old.person, old.year, old.kind || '/' || old.grade, -1),
    ('duty.station', old.station, old.year, old.kind || '/' || old.grade, -1),
    ('duty.unit', old.unit, old.year, old.kind || '/' || old.grade, -1),
    ('duty.unit', old.unit, old.month, old.kind || '/' || old.grade, -1),
    ('duty.county', 0, old.year, old.kind || '/' || old.grade, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'duty.group', old.grp, old.year, old.kind || '/' || old.grade, -1
   WHERE old.grp IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
-- A duty record's columns that count do not change: it is added or struck.
CREATE TRIGGER duty_fixed
  BEFORE UPDATE OF person, station, unit, grp, year, month, kind, grade, state
  ON duty_record
BEGIN
  SELECT RAISE(ABORT, 'a duty record is struck out, not changed');
END;
