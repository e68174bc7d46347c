-- Filters of lists that a person keeps under a name.
CREATE TABLE saved_filter (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  list   TEXT    NOT NULL,                     -- name of its screen
  name   TEXT    NOT NULL,
  text   TEXT    NOT NULL                      -- a line "filter=value" each
) STRICT;
CREATE UNIQUE INDEX saved_filter_name ON saved_filter (person, list, name);
