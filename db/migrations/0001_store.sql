-- The store's own tables: what happened, what follows from it, who did it.
-- Instants (_at) are seconds UTC, days (_on) are YYYY-MM-DD in the site's zone.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One action of one person is one event.
CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  action       TEXT    NOT NULL,               -- a row of db/store/actions.def
  at           INTEGER NOT NULL,
  account      INTEGER,                        -- NULL: the system or an import
  person       INTEGER,
  office       INTEGER,                        -- the hat worn
  unit         INTEGER,                        -- whose ledger; NULL: county
  subject_kind TEXT    NOT NULL,
  subject      INTEGER NOT NULL,
  cause        INTEGER REFERENCES event (id),
  reason       TEXT    NOT NULL DEFAULT '',
  struck_by    INTEGER REFERENCES event (id)
) STRICT;
CREATE INDEX event_cause ON event (cause) WHERE cause IS NOT NULL;
CREATE INDEX event_struck_by ON event (struck_by) WHERE struck_by IS NOT NULL;
CREATE INDEX event_unit ON event (unit, id);

-- The generic link: every record an event wrote (wrote = 1) or is about.
-- Read by subject it is that subject's timeline.
CREATE TABLE event_link (
  kind  TEXT    NOT NULL,
  id    INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES event (id),
  wrote INTEGER NOT NULL,
  PRIMARY KEY (kind, id, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_link_event ON event_link (event);

-- What striking out an event has to do, in reverse order of seq.
-- before: NULL when the row was new, else JSON of the columns it had.
CREATE TABLE event_undo (
  event  INTEGER NOT NULL REFERENCES event (id),
  seq    INTEGER NOT NULL,
  kind   TEXT    NOT NULL,
  id     INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (event, seq)
) STRICT, WITHOUT ROWID;

-- Plain counters, kept by triggers in the transaction of the change. A
-- counter at zero has no row, so that striking out leaves no trace.
CREATE TABLE counter (
  what   TEXT    NOT NULL,
  id     INTEGER NOT NULL,
  period INTEGER NOT NULL,                     -- 0, year, or year * 100 + month
  part   TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (what, id, period, part)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER counter_zero AFTER UPDATE OF n ON counter WHEN new.n = 0
BEGIN
  DELETE FROM counter
   WHERE what = new.what AND id = new.id AND period = new.period
     AND part = new.part;
END;

-- One row a change of data, chained by SHA-256, sequence without gaps.
CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  account INTEGER,
  office  INTEGER,
  event   INTEGER,
  action  TEXT    NOT NULL,
  detail  TEXT    NOT NULL,                    -- JSON; personal text as a hash
  prev    TEXT    NOT NULL,
  hash    TEXT    NOT NULL
) STRICT;

-- The chain's head, signed by liaison-auth.
CREATE TABLE audit_sign (
  seq       INTEGER PRIMARY KEY REFERENCES audit (seq),
  at        INTEGER NOT NULL,
  hash      TEXT    NOT NULL,
  signature TEXT    NOT NULL
) STRICT;
