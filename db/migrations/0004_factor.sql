-- The second factor: which offices need one, what each account has, and
-- what a key may be used for. Secrets are sealed with a key that only
-- liaison-auth holds; recovery codes are kept as keyed hashes of it.

ALTER TABLE role ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0;
UPDATE role SET second_factor = 1
 WHERE name IN ('admin', 'auditor', 'county_staff');

ALTER TABLE account ADD COLUMN factor_at INTEGER;  -- set up; NULL: none
ALTER TABLE account ADD COLUMN recovery INTEGER NOT NULL DEFAULT 0;

CREATE TABLE factor (
  account INTEGER PRIMARY KEY REFERENCES account (id),
  secret  TEXT    NOT NULL,                    -- sealed
  step    INTEGER NOT NULL                     -- the last one used
) STRICT;

CREATE TABLE factor_code (
  account INTEGER NOT NULL REFERENCES factor (account),
  hash    TEXT    NOT NULL,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- Names of commands, comma between; '': a key that signs in to everything.
ALTER TABLE account_key ADD COLUMN commands TEXT NOT NULL DEFAULT '';
