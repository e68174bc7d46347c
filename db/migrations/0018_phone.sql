-- What signs in to an activity without a terminal: telephones that were bound
-- once, and a PIN for any other browser.

-- The browser keeps a secret, we its hash. seen: its person has been told.
CREATE TABLE phone (
  id       INTEGER PRIMARY KEY,
  account  INTEGER NOT NULL REFERENCES account (id),
  label    TEXT    NOT NULL,                   -- what its browser is
  hash     TEXT    NOT NULL UNIQUE,
  bound_at INTEGER NOT NULL,
  seen     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX phone_account ON phone (account, id);

-- Addresses that bind one, an account each, used once. Not a record: no
-- event, no audit.
CREATE TABLE phone_invite (
  account  INTEGER PRIMARY KEY REFERENCES account (id),
  hash     TEXT    NOT NULL UNIQUE,            -- of its token
  valid_to INTEGER NOT NULL
) STRICT;

-- Like the table of second factors: no event keeps a copy of a hash.
CREATE TABLE account_pin (
  account INTEGER PRIMARY KEY REFERENCES account (id),
  hash    TEXT    NOT NULL                     -- Argon2id
) STRICT;
ALTER TABLE account ADD COLUMN pin_at INTEGER; -- when it was set

-- How often the page of a code was opened, by day. Not a record.
CREATE TABLE code_view (
  code INTEGER NOT NULL REFERENCES code (id),
  day  TEXT    NOT NULL,
  n    INTEGER NOT NULL,
  PRIMARY KEY (code, day)
) STRICT, WITHOUT ROWID;

INSERT INTO setting VALUES
  ('code.years', '10'),                        -- a station's code is good
  ('phone.most', '2'),                         -- telephones of one person
  ('phone.minutes', '10');                     -- to bind one
