-- Lines for the groups in which a matter was raised: written with the step
-- that they tell of, waiting until the group hears them: pushed to it, or with
-- the next answer there, never both. No record: what was told is not taken
-- back; a line whose step was struck out is not told.
CREATE TABLE outbox (
  id       INTEGER PRIMARY KEY,
  target   TEXT    NOT NULL,                   -- conversation of the group
  opinion  INTEGER NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  event    INTEGER NOT NULL REFERENCES event (id),
  step     TEXT    NOT NULL,                   -- a row of db/outbox.c
  detail   TEXT    NOT NULL DEFAULT '',        -- offices, or what was told
  due_on   TEXT,                               -- an answer is due
  made_at  INTEGER NOT NULL,
  told_at  INTEGER,                            -- with an answer
  sent_at  INTEGER,                            -- pushed; both NULL: it waits
  tries    INTEGER NOT NULL DEFAULT 0,         -- of pushing, begun
  due_at   INTEGER DEFAULT 0,                  -- the next; NULL: none
  fault    TEXT    NOT NULL DEFAULT '',        -- of the last: a push_fault
  given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
  CHECK (told_at IS NULL OR sent_at IS NULL)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (target, id)
  WHERE told_at IS NULL AND sent_at IS NULL;
CREATE INDEX outbox_due ON outbox (due_at)
  WHERE told_at IS NULL AND sent_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX outbox_open ON outbox (given_up, id)
  WHERE told_at IS NULL AND sent_at IS NULL;
CREATE INDEX outbox_opinion ON outbox (opinion);
CREATE INDEX outbox_event ON outbox (event);

-- Where a group can be written to, as its newest message said. Whoever has
-- the address can write there: it is shown, logged and exported nowhere.
CREATE TABLE robot_webhook (
  conversation TEXT    PRIMARY KEY,
  address      TEXT    NOT NULL,
  until        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
