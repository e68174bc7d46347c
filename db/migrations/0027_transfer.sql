-- One-time addresses, /X/<token>: somebody at a terminal fetches or sends a
-- file with a browser. Not a record: no event, no number that is kept; each
-- use is a row of the audit, and what is long over is removed on the way.
CREATE TABLE transfer (
  id         INTEGER PRIMARY KEY,
  hash       TEXT    NOT NULL UNIQUE,          -- of its token
  what       TEXT    NOT NULL,
  account    INTEGER NOT NULL,                 -- who made it,
  office     INTEGER NOT NULL,                 -- in which office
  name       TEXT    NOT NULL,                 -- a kind of export or import
  subject    INTEGER NOT NULL,                 -- 0: none
  args       TEXT    NOT NULL,                 -- JSON or ''
  label      TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX transfer_account ON transfer (account, expires_at);
CREATE INDEX transfer_expires ON transfer (expires_at);

INSERT INTO setting VALUES
  ('transfer.minutes', '10'),                  -- an address is good
  ('transfer.most', '10');                     -- good ones of an account
