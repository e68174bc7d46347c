-- Livelihood projects: proposed, chosen, carried out, supervised, rated.

CREATE TABLE project (
  id          INTEGER PRIMARY KEY,             -- the number people use
  unit        INTEGER NOT NULL REFERENCES unit (id),
  source      TEXT    NOT NULL CHECK (source IN ('public', 'deputy', 'office',
                'staff', 'opinion', 'import')),
  proposer    INTEGER REFERENCES person (id),  -- NULL: nobody with an account
  proposed_by TEXT    NOT NULL DEFAULT '',     -- how to call them; no contact
  organ       INTEGER REFERENCES organ (id),   -- the office that proposed it
  conversion  INTEGER REFERENCES conversion (id), -- of an opinion
  reserve     TEXT    NOT NULL DEFAULT '',     -- number in the reserve pool
  title       TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  category    TEXT    NOT NULL DEFAULT '',     -- category_rule.name; '' none
  venue       TEXT    NOT NULL DEFAULT '',
  state       TEXT    NOT NULL CHECK (state IN ('held', 'proposed', 'pool',
                'shortlisted', 'candidate', 'ballot', 'selected', 'planned',
                'running', 'claimed', 'inspected', 'rated', 'archived',
                'declined', 'merged', 'stopped')),
  reason      TEXT    NOT NULL DEFAULT '',     -- of holding, declining, stop
  merged      INTEGER REFERENCES project (id), -- into which
  proposals   INTEGER NOT NULL DEFAULT 1,      -- with those merged into it
  year        INTEGER NOT NULL,                -- proposed for; carried out in
  lead        INTEGER REFERENCES organ (id),   -- lead unit
  leader      TEXT    NOT NULL DEFAULT '',     -- who answers for it
  budget      INTEGER NOT NULL DEFAULT 0,      -- yuan
  spent       INTEGER NOT NULL DEFAULT 0,      -- by the last report
  starts_on   TEXT,
  ends_on     TEXT,
  done        INTEGER NOT NULL DEFAULT 0,      -- percent, of the last report
  reported    INTEGER NOT NULL DEFAULT 0,      -- month of it, 202203; 0 none
  published   INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
  proposed_at INTEGER NOT NULL,
  selected_at INTEGER,
  claimed_at  INTEGER,
  inspected_at INTEGER,
  rated_at    INTEGER,
  ended_at    INTEGER,                         -- archived, declined, stopped
  warn_on     TEXT    NOT NULL DEFAULT '9999-12-31', -- yellow from here
  due_on      TEXT    NOT NULL DEFAULT '9999-12-31', -- red after it
  version     INTEGER NOT NULL DEFAULT 0,
  CHECK (merged IS NULL OR state = 'merged'),
  CHECK (done BETWEEN 0 AND 100)
) STRICT;
CREATE INDEX project_proposed ON project (proposed_at, id);
CREATE INDEX project_unit ON project (unit, proposed_at, id);
CREATE INDEX project_lead ON project (lead, proposed_at, id)
  WHERE lead IS NOT NULL;
CREATE INDEX project_organ ON project (organ) WHERE organ IS NOT NULL;
CREATE INDEX project_published ON project (proposed_at, id)
  WHERE published = 1;
-- Waits for a decision about being chosen.
CREATE INDEX project_pool ON project (proposed_at, id)
  WHERE state IN ('held', 'proposed', 'pool', 'shortlisted', 'candidate',
    'ballot');
CREATE INDEX project_unit_pool ON project (unit, proposed_at, id)
  WHERE state IN ('held', 'proposed', 'pool', 'shortlisted', 'candidate',
    'ballot');
-- Being carried out.
CREATE INDEX project_open ON project (due_on, id)
  WHERE state IN ('selected', 'planned', 'running', 'claimed', 'inspected',
    'rated');
CREATE INDEX project_unit_open ON project (unit, due_on, id)
  WHERE state IN ('selected', 'planned', 'running', 'claimed', 'inspected',
    'rated');
CREATE INDEX project_lead_open ON project (lead, due_on, id)
  WHERE lead IS NOT NULL AND state IN ('selected', 'planned', 'running',
    'claimed', 'inspected', 'rated');
-- The county's overview reads nothing else.
CREATE INDEX project_year ON project (year, unit, state, warn_on, due_on,
  budget, spent);
CREATE INDEX project_proposer ON project (proposer)
  WHERE proposer IS NOT NULL;
CREATE UNIQUE INDEX project_conversion ON project (conversion)
  WHERE conversion IS NOT NULL;
CREATE UNIQUE INDEX project_reserve ON project (unit, reserve)
  WHERE reserve <> '';
CREATE INDEX project_merged ON project (merged) WHERE merged IS NOT NULL;

CREATE VIRTUAL TABLE project_text USING fts5 (
  title, body, venue,
  content = 'project', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER project_text_add AFTER INSERT ON project
BEGIN
  INSERT INTO project_text (rowid, title, body, venue)
  VALUES (new.id, new.title, new.body, new.venue);
END;
CREATE TRIGGER project_text_drop AFTER DELETE ON project
BEGIN
  INSERT INTO project_text (project_text, rowid, title, body, venue)
  VALUES ('delete', old.id, old.title, old.body, old.venue);
END;
CREATE TRIGGER project_text_move AFTER UPDATE OF title, body, venue ON project
  WHEN (old.title, old.body, old.venue) IS NOT
       (new.title, new.body, new.venue)
BEGIN
  INSERT INTO project_text (project_text, rowid, title, body, venue)
  VALUES ('delete', old.id, old.title, old.body, old.venue);
  INSERT INTO project_text (rowid, title, body, venue)
  VALUES (new.id, new.title, new.body, new.venue);
END;

-- What is to be done by when. weight: percent of the whole; all make 100.
CREATE TABLE project_milestone (
  id       INTEGER PRIMARY KEY,
  project  INTEGER NOT NULL REFERENCES project (id),
  position INTEGER NOT NULL,
  title    TEXT    NOT NULL,
  due_on   TEXT    NOT NULL,
  weight   INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100),
  done_on  TEXT
) STRICT;
CREATE UNIQUE INDEX project_milestone_order
  ON project_milestone (project, position);

-- A month as the lead unit reports it; planned is by the milestones of then.
CREATE TABLE project_report (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (id),
  month   INTEGER NOT NULL,                    -- 202203
  planned INTEGER NOT NULL CHECK (planned BETWEEN 0 AND 100),
  done    INTEGER NOT NULL CHECK (done BETWEEN 0 AND 100),
  spent   INTEGER NOT NULL,                    -- yuan, in all
  words   TEXT    NOT NULL,
  next    TEXT    NOT NULL DEFAULT '',         -- what is to be done then
  at      INTEGER NOT NULL,
  by      INTEGER REFERENCES person (id),
  event   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX project_report_month ON project_report (project, month);
CREATE INDEX project_report_by ON project_report (by) WHERE by IS NOT NULL;

-- A change of what was decided, which a head approves.
CREATE TABLE project_change (
  id         INTEGER PRIMARY KEY,
  project    INTEGER NOT NULL REFERENCES project (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('scope', 'budget', 'time',
               'stop')),
  words      TEXT    NOT NULL,                 -- what and why
  budget     INTEGER NOT NULL DEFAULT 0,       -- the new one, of that kind
  ends_on    TEXT,                             -- the same
  state      TEXT    NOT NULL CHECK (state IN ('asked', 'approved',
               'refused')),
  asked_at   INTEGER NOT NULL,
  asked_by   INTEGER REFERENCES person (id),
  decided_at INTEGER,
  decided_by INTEGER REFERENCES person (id),
  decision   TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX project_change_open ON project_change (project)
  WHERE state = 'asked';
CREATE INDEX project_change_project ON project_change (project, id);
CREATE INDEX project_change_asked_by ON project_change (asked_by)
  WHERE asked_by IS NOT NULL;
CREATE INDEX project_change_decided_by ON project_change (decided_by)
  WHERE decided_by IS NOT NULL;

-- What was said at a step, with its event.
CREATE TABLE project_note (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (id),
  kind    TEXT    NOT NULL CHECK (kind IN ('decline', 'return', 'plan',
            'claim', 'reject', 'inspect', 'archive', 'stop', 'note')),
  words   TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  by      INTEGER REFERENCES person (id),
  event   INTEGER NOT NULL
) STRICT;
CREATE INDEX project_note_project ON project_note (project, id);
CREATE INDEX project_note_by ON project_note (by) WHERE by IS NOT NULL;

-- The deputies who supervise it from start to end.
CREATE TABLE project_member (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (id),
  person  INTEGER NOT NULL REFERENCES person (id),
  head    INTEGER NOT NULL DEFAULT 0 CHECK (head IN (0, 1)),
  from_on TEXT    NOT NULL,
  to_on   TEXT
) STRICT;
CREATE UNIQUE INDEX project_member_once ON project_member (project, person)
  WHERE to_on IS NULL;
CREATE UNIQUE INDEX project_member_head ON project_member (project)
  WHERE head = 1 AND to_on IS NULL;
CREATE INDEX project_member_team ON project_member (project, head DESC, id)
  WHERE to_on IS NULL;
CREATE INDEX project_member_person ON project_member (person, project);
CREATE INDEX project_member_project ON project_member (project, id);

-- What a deputy found or thinks: a task for the lead unit. An opinion is
-- between that deputy, the unit's staff, the county and the office.
CREATE TABLE project_task (
  id        INTEGER PRIMARY KEY,
  project   INTEGER NOT NULL REFERENCES project (id),
  unit      INTEGER NOT NULL REFERENCES unit (id), -- the project's
  organ     INTEGER REFERENCES organ (id),     -- who has to do it; NULL: unit
  person    INTEGER NOT NULL REFERENCES person (id),
  activity  INTEGER REFERENCES activity (id),  -- the visit it was found at
  kind      TEXT    NOT NULL CHECK (kind IN ('opinion', 'finding')),
  words     TEXT    NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN ('sent', 'accepted', 'replied',
              'disputed', 'closed')),
  reply     TEXT    NOT NULL DEFAULT '',       -- the last one
  first_reply TEXT  NOT NULL DEFAULT '',       -- which did not satisfy
  again     TEXT    NOT NULL DEFAULT '',       -- why, as last said
  reason    TEXT    NOT NULL DEFAULT '',       -- of a head's ending it
  rounds    INTEGER NOT NULL DEFAULT 0,        -- how often not satisfied
  rating    TEXT    NOT NULL DEFAULT 'none' CHECK (rating IN ('none',
              'satisfied', 'basic', 'dissatisfied')),
  sent_at   INTEGER NOT NULL,
  clock_at  INTEGER NOT NULL,                  -- sent, or sent again
  replied_at INTEGER,
  closed_at INTEGER,
  warn_on   TEXT    NOT NULL DEFAULT '9999-12-31',
  due_on    TEXT    NOT NULL DEFAULT '9999-12-31',
  version   INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind = 'finding') = (activity IS NOT NULL))
) STRICT;
CREATE INDEX project_task_sent ON project_task (sent_at, id);
CREATE INDEX project_task_project ON project_task (project, sent_at, id);
CREATE INDEX project_task_person ON project_task (person, sent_at, id);
CREATE INDEX project_task_unit ON project_task (unit, sent_at, id);
CREATE INDEX project_task_organ ON project_task (organ, sent_at, id)
  WHERE organ IS NOT NULL;
CREATE INDEX project_task_activity ON project_task (activity)
  WHERE activity IS NOT NULL;
-- Waits for the lead unit.
CREATE INDEX project_task_due ON project_task (due_on, id)
  WHERE state IN ('sent', 'accepted');
CREATE INDEX project_task_unit_due ON project_task (unit, due_on, id)
  WHERE state IN ('sent', 'accepted');
CREATE INDEX project_task_organ_due ON project_task (organ, due_on, id)
  WHERE state IN ('sent', 'accepted') AND organ IS NOT NULL;
CREATE INDEX project_task_person_due ON project_task (person, due_on, id)
  WHERE state IN ('sent', 'accepted');
-- Waits for the deputy, for a head.
CREATE INDEX project_task_replied ON project_task (person, replied_at)
  WHERE state = 'replied';
CREATE INDEX project_task_disputed ON project_task (unit, id)
  WHERE state = 'disputed';

-- How satisfied: a deputy once, changed as they like; the public counted
-- apart and without a name.
CREATE TABLE project_rating (
  id      INTEGER PRIMARY KEY,
  project INTEGER NOT NULL REFERENCES project (id),
  person  INTEGER REFERENCES person (id),      -- NULL: the public
  grade   TEXT    NOT NULL CHECK (grade IN ('satisfied', 'basic',
            'dissatisfied')),
  words   TEXT    NOT NULL DEFAULT '',
  at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX project_rating_once ON project_rating (project, person)
  WHERE person IS NOT NULL;
CREATE INDEX project_rating_words ON project_rating (project, id)
  WHERE words <> '';
CREATE INDEX project_rating_person ON project_rating (person)
  WHERE person IS NOT NULL;
CREATE INDEX project_rating_project
  ON project_rating (project, grade, person);

INSERT INTO deadline_rule VALUES
  (-11, 'project_task', '2000-01-01', '实事项目意见答复',
   'Reply to a project task', 10, 11);

-- What a visit to a project counts as is its activity's kind.
CREATE INDEX activity_subject_project ON activity_subject (subject, activity)
  WHERE kind = 'project';

INSERT INTO role VALUES
  ('member', '议事员', 'assembly member', 'self', 'deputy', 11, 0);
INSERT INTO role_perm
SELECT column1, 'project.' || value
  FROM (VALUES
    ('county_staff', '["read","enter","write","approve","stats"]'),
    ('unit_staff', '["read","enter","write","stats"]'),
    ('station_head', '["read","enter","write","approve","stats"]'),
    ('vice_head', '["read","enter","write","approve","stats"]'),
    ('officer', '["read","enter","stats"]'),
    ('deputy', '["read","enter","supervise","stats"]'),
    ('member', '["read","enter","rate"]'),
    ('organ', '["read","enter","office"]'),
    ('leader', '["read","stats"]')), json_each(column2);
INSERT INTO role_perm VALUES ('deputy', 'project.rate');

INSERT INTO setting VALUES
  ('project.report_day', '5'),                 -- of the month after
  ('project.warn_days', '14');                 -- yellow before a milestone
