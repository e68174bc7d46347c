-- Opinions: what a citizen said, where it went and what became of it.

CREATE TABLE opinion (
  id          INTEGER PRIMARY KEY,             -- the number people use
  unit        INTEGER REFERENCES unit (id),    -- NULL: the county itself
  station     INTEGER REFERENCES station (id), -- the unit's; NULL with it
  place       INTEGER REFERENCES place (id),   -- room or point
  venue       TEXT    NOT NULL DEFAULT '',     -- landmark, in words
  source      TEXT    NOT NULL CHECK (source IN ('public', 'desk', 'deputy',
                'robot', 'meeting', 'import')),
  sender      TEXT    NOT NULL DEFAULT '',     -- how to call them; no contact
  deputy      INTEGER REFERENCES person (id),  -- whose code, or who wrote it
  companion   INTEGER REFERENCES person (id),  -- accompanying deputy
  reader      INTEGER REFERENCES person (id),  -- the one deputy who sees it
  activity    INTEGER REFERENCES activity (id), -- where it was raised
  subject     TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  category    TEXT    NOT NULL DEFAULT '',     -- category_rule.name; '' none
  level       TEXT    NOT NULL
                CHECK (level IN ('station', 'unit', 'county')),
  urgent      INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  state       TEXT    NOT NULL CHECK (state IN ('held', 'new', 'triage',
                'handling', 'feedback', 'awaiting', 'again', 'escalated',
                'merged', 'converted', 'closed', 'discarded')),
  round       INTEGER NOT NULL DEFAULT 0,      -- how often dissatisfied
  result      TEXT    NOT NULL DEFAULT 'none' CHECK (result IN ('none',
                'solved', 'planned', 'explained', 'reference')),
  rating      TEXT    NOT NULL DEFAULT 'none' CHECK (rating IN ('none',
                'satisfied', 'basic', 'dissatisfied', 'silent')),
  by_hand     INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  reason      TEXT    NOT NULL DEFAULT '',     -- of refusing, discarding, end
  merged      INTEGER REFERENCES opinion (id), -- into which
  senders     INTEGER NOT NULL DEFAULT 1,      -- with those merged into it
  secret      TEXT    NOT NULL DEFAULT '',     -- hash of the citizen's secret
  received_at INTEGER NOT NULL,
  received_by INTEGER REFERENCES person (id),  -- NULL: the citizen
  month       INTEGER NOT NULL,                -- of received_at, 202203
  taken_at    INTEGER,                         -- first response
  handled_at  INTEGER,                         -- the handling loop is closed
  told_at     INTEGER,                         -- the citizen was told
  closed_at   INTEGER,
  response_days INTEGER,                       -- working days it took
  handling_days INTEGER,
  feedback_days INTEGER,
  clock       TEXT    NOT NULL DEFAULT 'none' CHECK (clock IN ('none',
                'first_response', 'completion', 'feedback', 'rating')),
  clock_at    INTEGER,                         -- the running clock began
  clock_days  INTEGER NOT NULL DEFAULT 0,      -- working days it may take
  extended    INTEGER NOT NULL DEFAULT 0,      -- of them by an extension
  paused_at   INTEGER,                         -- NULL: it ticks
  warn_on     TEXT    NOT NULL DEFAULT '9999-12-31', -- yellow from here
  due_on      TEXT    NOT NULL DEFAULT '9999-12-31', -- red after it
  version     INTEGER NOT NULL DEFAULT 0,
  CHECK ((unit IS NULL) = (station IS NULL)),
  CHECK (deputy IS NULL OR companion IS NULL OR companion = deputy),
  CHECK (reader IS coalesce(deputy, companion)),
  CHECK ((state = 'merged' OR merged IS NULL) OR state = 'closed')
) STRICT;
CREATE INDEX opinion_received ON opinion (received_at, id);
CREATE INDEX opinion_unit ON opinion (unit, received_at, id);
CREATE INDEX opinion_station ON opinion (station, received_at, id);
CREATE INDEX opinion_reader ON opinion (reader, received_at, id)
  WHERE reader IS NOT NULL;
-- Work in hand, a small part of all.
CREATE INDEX opinion_open ON opinion (due_on, id)
  WHERE state NOT IN ('closed', 'discarded', 'merged');
CREATE INDEX opinion_unit_open ON opinion (unit, due_on, id)
  WHERE state NOT IN ('closed', 'discarded', 'merged');
CREATE INDEX opinion_station_open ON opinion (station, due_on, id)
  WHERE state NOT IN ('closed', 'discarded', 'merged');
CREATE INDEX opinion_reader_open ON opinion (reader, due_on, id)
  WHERE state NOT IN ('closed', 'discarded', 'merged')
    AND reader IS NOT NULL;
CREATE INDEX opinion_awaiting ON opinion (due_on, id)
  WHERE state = 'awaiting';
CREATE INDEX opinion_escalated ON opinion (due_on, id)
  WHERE state = 'escalated';
CREATE INDEX opinion_place ON opinion (place, received_at, id)
  WHERE place IS NOT NULL;
CREATE INDEX opinion_hot ON opinion (senders, id) WHERE senders > 1;
CREATE INDEX opinion_unit_hot ON opinion (unit, senders, id)
  WHERE senders > 1;
CREATE INDEX opinion_station_hot ON opinion (station, senders, id)
  WHERE senders > 1;
CREATE INDEX opinion_reader_hot ON opinion (reader, senders, id)
  WHERE senders > 1 AND reader IS NOT NULL;
CREATE INDEX opinion_merged ON opinion (merged, received_at, id)
  WHERE merged IS NOT NULL;
CREATE INDEX opinion_activity ON opinion (activity, received_at, id)
  WHERE activity IS NOT NULL;
CREATE INDEX opinion_deputy ON opinion (deputy) WHERE deputy IS NOT NULL;
CREATE INDEX opinion_companion ON opinion (companion, state)
  WHERE companion IS NOT NULL;
CREATE INDEX opinion_received_by ON opinion (received_by)
  WHERE received_by IS NOT NULL;

-- Where it was routed: one row an office. unit and station are the matter's.
CREATE TABLE opinion_leg (
  id          INTEGER PRIMARY KEY,
  opinion     INTEGER NOT NULL REFERENCES opinion (id),
  unit        INTEGER REFERENCES unit (id),
  station     INTEGER REFERENCES station (id),
  organ       INTEGER NOT NULL REFERENCES organ (id),
  path        TEXT    NOT NULL CHECK (path IN ('platform', 'express')),
  state       TEXT    NOT NULL CHECK (state IN ('sent', 'accepted', 'working',
                'replied', 'returned', 'closed')),
  sent_at     INTEGER NOT NULL,
  sent_by     INTEGER REFERENCES person (id),
  accepted_at INTEGER,
  replied_at  INTEGER,
  promised_on TEXT,                            -- what the office promised
  asked_days  INTEGER NOT NULL DEFAULT 0,      -- more time asked, undecided
  paused_at   INTEGER,                         -- NULL: it ticks
  released    INTEGER NOT NULL DEFAULT 0 CHECK (released IN (0, 1)),
  result      TEXT    NOT NULL DEFAULT 'none' CHECK (result IN ('none',
                'solved', 'planned', 'explained', 'reference')),
  warn_on     TEXT    NOT NULL DEFAULT '9999-12-31',
  due_on      TEXT    NOT NULL DEFAULT '9999-12-31'
) STRICT;
CREATE UNIQUE INDEX opinion_leg_once ON opinion_leg (opinion, organ)
  WHERE state NOT IN ('returned', 'closed');
CREATE INDEX opinion_leg_opinion ON opinion_leg (opinion, id);
CREATE INDEX opinion_leg_organ ON opinion_leg (organ, due_on, id);
CREATE INDEX opinion_leg_sent ON opinion_leg (organ, sent_at, id);
CREATE INDEX opinion_leg_unit ON opinion_leg (unit, state);
CREATE INDEX opinion_leg_station ON opinion_leg (station);
CREATE INDEX opinion_leg_sent_by ON opinion_leg (sent_by);

-- When a clock stood still. to_at NULL: it still does.
CREATE TABLE opinion_pause (
  id      INTEGER PRIMARY KEY,
  opinion INTEGER NOT NULL REFERENCES opinion (id),
  leg     INTEGER NOT NULL REFERENCES opinion_leg (id),
  from_at INTEGER NOT NULL,
  to_at   INTEGER
) STRICT;
CREATE INDEX opinion_pause_opinion ON opinion_pause (opinion, from_at);
CREATE INDEX opinion_pause_leg ON opinion_pause (leg);

-- What was said about it, by whom, with which event.
CREATE TABLE opinion_note (
  id      INTEGER PRIMARY KEY,
  opinion INTEGER NOT NULL REFERENCES opinion (id),
  leg     INTEGER REFERENCES opinion_leg (id), -- NULL: the matter itself
  kind    TEXT    NOT NULL CHECK (kind IN ('more', 'answer', 'reply',
            'progress', 'ask', 'pause', 'return', 'refuse', 'tell', 'rating',
            'supervise', 'instruct', 'chase', 'end', 'note')),
  words   TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  by      INTEGER REFERENCES person (id),      -- NULL: the citizen
  event   INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX opinion_note_opinion ON opinion_note (opinion, id);
CREATE INDEX opinion_note_leg ON opinion_note (leg) WHERE leg IS NOT NULL;
CREATE INDEX opinion_note_by ON opinion_note (by) WHERE by IS NOT NULL;
CREATE INDEX opinion_note_event ON opinion_note (event);

-- What an opinion became: a suggestion, a project, a comment on a draft law.
CREATE TABLE conversion (
  id          INTEGER PRIMARY KEY,
  opinion     INTEGER NOT NULL REFERENCES opinion (id),
  unit        INTEGER REFERENCES unit (id),
  station     INTEGER REFERENCES station (id),
  kind        TEXT    NOT NULL
                CHECK (kind IN ('suggestion', 'project', 'law_comment')),
  state       TEXT    NOT NULL CHECK (state IN ('waiting', 'answered')),
  title       TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  made_at     INTEGER NOT NULL,
  made_by     INTEGER REFERENCES person (id),
  answered_at INTEGER
) STRICT;
CREATE INDEX conversion_opinion ON conversion (opinion);
CREATE INDEX conversion_kind ON conversion (kind, made_at, id);
CREATE INDEX conversion_unit ON conversion (unit, made_at, id);
CREATE INDEX conversion_station ON conversion (station, made_at, id);
CREATE INDEX conversion_made ON conversion (made_at, id);
CREATE INDEX conversion_made_by ON conversion (made_by);

-- Counters of opinions by month received: for a unit (0: the county's own)
-- and for the county; what they are is the part. Days are working days a
-- step took, so that a median is read from the counters.
CREATE TRIGGER opinion_count_add AFTER INSERT ON opinion
BEGIN
  INSERT INTO counter
  SELECT what || at, iif(at = '.unit', ifnull(new.unit, 0), 0), new.month,
         part, 1
    FROM (SELECT '.unit' AS at UNION ALL SELECT '.county'),
         (SELECT 'opinion' AS what, new.state AS part
          UNION ALL SELECT 'opinion_category', new.category
          UNION ALL SELECT 'opinion_result', new.result
          UNION ALL SELECT 'opinion_rating',
                           new.rating || iif(new.by_hand, '/hand', '')
          UNION ALL SELECT 'opinion_days', 'response/' || new.response_days
                     WHERE new.response_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'handling/' || new.handling_days
                     WHERE new.handling_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'feedback/' || new.feedback_days
                     WHERE new.feedback_days IS NOT NULL)
   WHERE 1
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter SELECT 'opinion.place', new.place, new.month, '', 1
   WHERE new.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_drop AFTER DELETE ON opinion
BEGIN
  INSERT INTO counter
  SELECT what || at, iif(at = '.unit', ifnull(old.unit, 0), 0), old.month,
         part, -1
    FROM (SELECT '.unit' AS at UNION ALL SELECT '.county'),
         (SELECT 'opinion' AS what, old.state AS part
          UNION ALL SELECT 'opinion_category', old.category
          UNION ALL SELECT 'opinion_result', old.result
          UNION ALL SELECT 'opinion_rating',
                           old.rating || iif(old.by_hand, '/hand', '')
          UNION ALL SELECT 'opinion_days', 'response/' || old.response_days
                     WHERE old.response_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'handling/' || old.handling_days
                     WHERE old.handling_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'feedback/' || old.feedback_days
                     WHERE old.feedback_days IS NOT NULL)
   WHERE 1
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter SELECT 'opinion.place', old.place, old.month, '', -1
   WHERE old.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER opinion_count_move AFTER UPDATE OF unit, month ON opinion
  WHEN (old.unit, old.month) IS NOT (new.unit, new.month)
BEGIN
  INSERT INTO counter
  SELECT what || at, iif(at = '.unit', ifnull(old.unit, 0), 0), old.month,
         part, -1
    FROM (SELECT '.unit' AS at UNION ALL SELECT '.county'),
         (SELECT 'opinion' AS what, old.state AS part
          UNION ALL SELECT 'opinion_category', old.category
          UNION ALL SELECT 'opinion_result', old.result
          UNION ALL SELECT 'opinion_rating',
                           old.rating || iif(old.by_hand, '/hand', '')
          UNION ALL SELECT 'opinion_days', 'response/' || old.response_days
                     WHERE old.response_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'handling/' || old.handling_days
                     WHERE old.handling_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'feedback/' || old.feedback_days
                     WHERE old.feedback_days IS NOT NULL)
   WHERE 1
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter SELECT 'opinion.place', old.place, old.month, '', -1
   WHERE old.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT what || at, iif(at = '.unit', ifnull(new.unit, 0), 0), new.month,
         part, 1
    FROM (SELECT '.unit' AS at UNION ALL SELECT '.county'),
         (SELECT 'opinion' AS what, new.state AS part
          UNION ALL SELECT 'opinion_category', new.category
          UNION ALL SELECT 'opinion_result', new.result
          UNION ALL SELECT 'opinion_rating',
                           new.rating || iif(new.by_hand, '/hand', '')
          UNION ALL SELECT 'opinion_days', 'response/' || new.response_days
                     WHERE new.response_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'handling/' || new.handling_days
                     WHERE new.handling_days IS NOT NULL
          UNION ALL SELECT 'opinion_days', 'feedback/' || new.feedback_days
                     WHERE new.feedback_days IS NOT NULL)
   WHERE 1
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter SELECT 'opinion.place', new.place, new.month, '', 1
   WHERE new.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- What stays in its unit and month moves only what changed: most writings
-- change one thing or none.
CREATE TRIGGER opinion_count_state AFTER UPDATE OF state ON opinion
  WHEN old.state <> new.state
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter VALUES
    ('opinion.unit', ifnull(old.unit, 0), old.month, old.state, -1),
    ('opinion.county', 0, old.month, old.state, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('opinion.unit', ifnull(new.unit, 0), new.month, new.state, 1),
    ('opinion.county', 0, new.month, new.state, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_category AFTER UPDATE OF category ON opinion
  WHEN old.category <> new.category
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter VALUES
    ('opinion_category.unit', ifnull(old.unit, 0), old.month, old.category, -1),
    ('opinion_category.county', 0, old.month, old.category, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('opinion_category.unit', ifnull(new.unit, 0), new.month, new.category, 1),
    ('opinion_category.county', 0, new.month, new.category, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_result AFTER UPDATE OF result ON opinion
  WHEN old.result <> new.result
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter VALUES
    ('opinion_result.unit', ifnull(old.unit, 0), old.month, old.result, -1),
    ('opinion_result.county', 0, old.month, old.result, -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('opinion_result.unit', ifnull(new.unit, 0), new.month, new.result, 1),
    ('opinion_result.county', 0, new.month, new.result, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_rating AFTER UPDATE OF rating, by_hand ON opinion
  WHEN (old.rating, old.by_hand) <> (new.rating, new.by_hand)
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter VALUES
    ('opinion_rating.unit', ifnull(old.unit, 0), old.month, old.rating || iif(old.by_hand, '/hand', ''), -1),
    ('opinion_rating.county', 0, old.month, old.rating || iif(old.by_hand, '/hand', ''), -1)
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter VALUES
    ('opinion_rating.unit', ifnull(new.unit, 0), new.month, new.rating || iif(new.by_hand, '/hand', ''), 1),
    ('opinion_rating.county', 0, new.month, new.rating || iif(new.by_hand, '/hand', ''), 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_response AFTER UPDATE OF response_days ON opinion
  WHEN old.response_days IS NOT new.response_days
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(old.unit, 0), old.month, 'response/' || old.response_days, -1
   WHERE old.response_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, old.month, 'response/' || old.response_days, -1
   WHERE old.response_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(new.unit, 0), new.month, 'response/' || new.response_days, 1
   WHERE new.response_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, new.month, 'response/' || new.response_days, 1
   WHERE new.response_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_handling AFTER UPDATE OF handling_days ON opinion
  WHEN old.handling_days IS NOT new.handling_days
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(old.unit, 0), old.month, 'handling/' || old.handling_days, -1
   WHERE old.handling_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, old.month, 'handling/' || old.handling_days, -1
   WHERE old.handling_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(new.unit, 0), new.month, 'handling/' || new.handling_days, 1
   WHERE new.handling_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, new.month, 'handling/' || new.handling_days, 1
   WHERE new.handling_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_feedback AFTER UPDATE OF feedback_days ON opinion
  WHEN old.feedback_days IS NOT new.feedback_days
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(old.unit, 0), old.month, 'feedback/' || old.feedback_days, -1
   WHERE old.feedback_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, old.month, 'feedback/' || old.feedback_days, -1
   WHERE old.feedback_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'opinion_days.unit', ifnull(new.unit, 0), new.month, 'feedback/' || new.feedback_days, 1
   WHERE new.feedback_days IS NOT NULL
   UNION ALL SELECT 'opinion_days.county', 0, new.month, 'feedback/' || new.feedback_days, 1
   WHERE new.feedback_days IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER opinion_count_place AFTER UPDATE OF place ON opinion
  WHEN old.place IS NOT new.place
   AND (old.unit, old.month) IS (new.unit, new.month)
BEGIN
  INSERT INTO counter SELECT 'opinion.place', old.place, old.month, '', -1
   WHERE old.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter SELECT 'opinion.place', new.place, new.month, '', 1
   WHERE new.place IS NOT NULL
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

INSERT INTO role_perm
SELECT column1, 'opinion.' || value
  FROM (VALUES
    ('county_staff', '["read","enter","handle","triage","head","supervise","contact","stats"]'),
    ('unit_staff', '["read","enter","handle","triage","contact","stats"]'),
    ('station_head', '["read","enter","handle","triage","head","supervise","contact","stats"]'),
    ('vice_head', '["read","enter","handle","triage","head","supervise","contact","stats"]'),
    ('officer', '["read","enter","handle","triage","contact","stats"]'),
    ('deputy', '["read","enter","handle","contact"]'),
    ('organ', '["read","office","contact"]'),
    ('leader', '["read","instruct","stats"]')), json_each(column2);
