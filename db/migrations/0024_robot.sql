-- The chat robot: who of its senders is which account, and what was written
-- to it. A message is taken, then answered together with what it does; the
-- same message again gets the same answer.
CREATE TABLE robot_sender (
  id       INTEGER PRIMARY KEY,
  account  INTEGER NOT NULL REFERENCES account (id),
  sender   TEXT,                             -- NULL: the code is not used yet
  nick     TEXT    NOT NULL DEFAULT '',
  code     TEXT,                             -- one-time; NULL: used
  code_until INTEGER,
  bound_at INTEGER,
  CHECK ((sender IS NULL) = (code IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX robot_sender_sender ON robot_sender (sender)
  WHERE sender IS NOT NULL;
CREATE UNIQUE INDEX robot_sender_code ON robot_sender (code)
  WHERE code IS NOT NULL;
CREATE INDEX robot_sender_account ON robot_sender (account);

CREATE TABLE robot_message (
  id           INTEGER PRIMARY KEY,
  msg          TEXT    NOT NULL,             -- the robot's msgId
  conversation TEXT    NOT NULL,
  sender       TEXT    NOT NULL,
  in_group     INTEGER NOT NULL CHECK (in_group IN (0, 1)),
  taken_at     INTEGER NOT NULL,
  answered_at  INTEGER,
  verb         TEXT    NOT NULL DEFAULT '',
  answer       TEXT    NOT NULL DEFAULT '',
  opinion      INTEGER REFERENCES opinion (id) -- that it made
) STRICT;
CREATE UNIQUE INDEX robot_message_msg ON robot_message (msg);
CREATE INDEX robot_message_opinion ON robot_message (opinion, conversation)
  WHERE opinion IS NOT NULL;
CREATE INDEX robot_message_taken ON robot_message (taken_at, id);
