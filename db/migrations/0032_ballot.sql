-- Choosing projects: deputies of a town vote, the assembly of a subdistrict
-- selects.

CREATE TABLE ballot (
  id        INTEGER PRIMARY KEY,
  unit      INTEGER NOT NULL REFERENCES unit (id),
  station   INTEGER NOT NULL REFERENCES station (id), -- the unit's
  body      TEXT    NOT NULL CHECK (body IN ('congress', 'assembly')),
  title     TEXT    NOT NULL,
  year      INTEGER NOT NULL,
  activity  INTEGER REFERENCES activity (id),  -- the meeting
  kind      TEXT    NOT NULL CHECK (kind IN ('mark', 'each')),
  places    INTEGER NOT NULL CHECK (places > 0),
  rule      TEXT    NOT NULL CHECK (rule IN ('majority', 'top')),
  tie       TEXT    NOT NULL CHECK (tie IN ('again', 'presidium')),
  tellers   TEXT    NOT NULL DEFAULT '',       -- names
  again     INTEGER REFERENCES ballot (id),    -- among the tied of that one
  state     TEXT    NOT NULL CHECK (state IN ('draft', 'frozen', 'open',
              'closed', 'confirmed', 'void')),
  reason    TEXT    NOT NULL DEFAULT '',
  outcome   TEXT    NOT NULL DEFAULT 'none' CHECK (outcome IN ('none',
              'decided', 'tied', 'too_few', 'no_quorum')),
  issued    INTEGER NOT NULL DEFAULT 0,        -- voters on the list
  returned  INTEGER NOT NULL DEFAULT 0,        -- papers; while open: voted
  valid     INTEGER NOT NULL DEFAULT 0,
  invalid   INTEGER NOT NULL DEFAULT 0,
  closes_at INTEGER,                           -- at the latest; NULL: by hand
  frozen_at INTEGER,
  opened_at INTEGER,
  closed_at INTEGER,
  confirmed_at INTEGER,
  version   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX ballot_unit ON ballot (unit, id);
CREATE INDEX ballot_station ON ballot (station, id);
CREATE INDEX ballot_open ON ballot (closes_at) WHERE state = 'open';
CREATE INDEX ballot_hand ON ballot (unit, id)
  WHERE state IN ('draft', 'frozen', 'open', 'closed');
CREATE INDEX ballot_again ON ballot (again) WHERE again IS NOT NULL;
CREATE INDEX ballot_activity ON ballot (activity) WHERE activity IS NOT NULL;

-- Counts stay 0 until it is closed, and with too few voters for ever.
CREATE TABLE ballot_option (
  id       INTEGER PRIMARY KEY,
  ballot   INTEGER NOT NULL REFERENCES ballot (id),
  project  INTEGER NOT NULL REFERENCES project (id),
  position INTEGER NOT NULL,                   -- on the paper, from 1
  yes      INTEGER NOT NULL DEFAULT 0,
  no       INTEGER NOT NULL DEFAULT 0,
  abstain  INTEGER NOT NULL DEFAULT 0,
  outcome  TEXT    NOT NULL DEFAULT 'none' CHECK (outcome IN ('none',
             'selected', 'not_selected', 'tied'))
) STRICT;
CREATE UNIQUE INDEX ballot_option_order ON ballot_option (ballot, position);
CREATE UNIQUE INDEX ballot_option_once ON ballot_option (ballot, project);
CREATE INDEX ballot_option_project ON ballot_option (project, ballot);

-- The list of voters, with names; whether each has voted. What they voted is
-- nowhere near it.
CREATE TABLE ballot_voter (
  id       INTEGER PRIMARY KEY,
  ballot   INTEGER NOT NULL REFERENCES ballot (id),
  person   INTEGER NOT NULL REFERENCES person (id),
  mandate  INTEGER REFERENCES mandate (id),    -- NULL: of the assembly
  voted    INTEGER NOT NULL DEFAULT 0 CHECK (voted IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX ballot_voter_once ON ballot_voter (ballot, person);
CREATE INDEX ballot_voter_list ON ballot_voter (ballot, id);
CREATE INDEX ballot_voter_person ON ballot_voter (person, ballot);
CREATE INDEX ballot_voter_mandate ON ballot_voter (mandate)
  WHERE mandate IS NOT NULL;

-- Papers: the ballot, a random key, a character an option in the order of
-- the paper (+ for, - against, 0 neither). No name, event, time or number;
-- with every vote all of a ballot get other keys and are written anew, so
-- neither their order nor their place in the file is that of voting. No
-- entity: the journal, the audit and striking out know nothing of it. Gone
-- when the result is confirmed.
CREATE TABLE ballot_paper (
  ballot INTEGER NOT NULL,
  key    TEXT    NOT NULL CHECK (length(key) = 26),
  marks  TEXT    NOT NULL,
  PRIMARY KEY (ballot, key)
) STRICT, WITHOUT ROWID;

INSERT INTO role_perm
SELECT column1, 'ballot.' || value
  FROM (VALUES
    ('county_staff', '["read"]'),
    ('unit_staff', '["read","write"]'),
    ('station_head', '["read","write"]'),
    ('vice_head', '["read","write"]'),
    ('officer', '["read"]'),
    ('deputy', '["read","vote"]'),
    ('member', '["read","vote"]'),
    ('leader', '["read"]')), json_each(column2);
