-- How to reach who wrote an opinion: name and telephone, sealed for a key
-- that only liaison-auth has.

CREATE TABLE contact (
  id     INTEGER PRIMARY KEY REFERENCES opinion (id),
  sealed TEXT    NOT NULL,                     -- hexadecimal
  mask   TEXT    NOT NULL,                     -- 136****2210
  match  TEXT                                  -- keyed hash of the number;
                                               -- NULL: not computed yet
) STRICT;
CREATE INDEX contact_match ON contact (match, id) WHERE match IS NOT NULL;
CREATE INDEX contact_new ON contact (id) WHERE match IS NULL;

-- Contacts that an account may open in an hour.
INSERT INTO setting VALUES ('contact.looks', '60');
