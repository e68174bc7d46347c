-- Lines for the groups in which a matter was raised: written with the step
-- that they tell of, waiting until the group hears them. No record: what was
-- told is not taken back; a line whose step was struck out is not told.
CREATE TABLE outbox (
  id      INTEGER PRIMARY KEY,
  target  TEXT    NOT NULL,                    -- conversation of the group
  opinion INTEGER NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  event   INTEGER NOT NULL REFERENCES event (id),
  step    TEXT    NOT NULL,                    -- a row of db/outbox.c
  detail  TEXT    NOT NULL DEFAULT '',         -- offices, or what was told
  due_on  TEXT,                                -- an answer is due
  made_at INTEGER NOT NULL,
  told_at INTEGER                              -- NULL: it waits
) STRICT;
CREATE INDEX outbox_waiting ON outbox (target, id) WHERE told_at IS NULL;
CREATE INDEX outbox_opinion ON outbox (opinion);
CREATE INDEX outbox_event ON outbox (event);
