-- Draft laws: their texts, article by article; who is asked, what they say,
-- what became of it.

CREATE TABLE law (
  id       INTEGER PRIMARY KEY,                -- the number people use
  title    TEXT    NOT NULL,
  version  INTEGER NOT NULL DEFAULT 0,         -- number of the newest text
  added_at INTEGER NOT NULL,
  added_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX law_title ON law (title);
CREATE INDEX law_added ON law (added_at, id);
CREATE INDEX law_by ON law (added_by) WHERE added_by IS NOT NULL;

-- A text as it came. Its units joined are every byte of it, as UTF-8.
CREATE TABLE law_version (
  id       INTEGER PRIMARY KEY,
  law      INTEGER NOT NULL REFERENCES law (id),
  number   INTEGER NOT NULL,                   -- 1 is the first
  hash     TEXT    NOT NULL,                   -- SHA-256 of the whole text
  bytes    INTEGER NOT NULL,
  bom      INTEGER NOT NULL DEFAULT 0 CHECK (bom IN (0, 1)),
  chapters INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  note     TEXT    NOT NULL DEFAULT '',        -- what changed, in words
  added_at INTEGER NOT NULL,
  added_by INTEGER REFERENCES person (id)
) STRICT;
CREATE UNIQUE INDEX law_version_number ON law_version (law, number);
CREATE INDEX law_version_by ON law_version (added_by)
  WHERE added_by IS NOT NULL;

-- What stands in it, in order: title, notes, parts, chapters, sections,
-- articles, what follows the last. Follows from the text, so it is no entity:
-- it comes and goes with its version.
CREATE TABLE law_article (
  id       INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL REFERENCES law_version (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT    NOT NULL CHECK (kind IN ('title', 'note', 'part',
             'chapter', 'section', 'article', 'rest')),
  number   INTEGER NOT NULL DEFAULT 0,         -- 120; 0: has none
  sub      INTEGER NOT NULL DEFAULT 0,         -- 第十条之一 is 10, 1
  label    TEXT    NOT NULL DEFAULT '',        -- as it is written
  text     TEXT    NOT NULL,                   -- with its line ends
  before   INTEGER REFERENCES law_article (id), -- the same one a text ago
  change   TEXT    NOT NULL DEFAULT 'none' CHECK (change IN ('none', 'same',
             'moved', 'changed', 'new'))
) STRICT;
CREATE UNIQUE INDEX law_article_order ON law_article (version, position);
CREATE INDEX law_article_number ON law_article (version, number, sub);
CREATE INDEX law_article_before ON law_article (before)
  WHERE before IS NOT NULL;

-- Asking about one text of a law, from a day to a day.
CREATE TABLE consultation (
  id        INTEGER PRIMARY KEY,
  law       INTEGER NOT NULL REFERENCES law (id),
  version   INTEGER NOT NULL REFERENCES law_version (id),
  title     TEXT    NOT NULL,
  text      TEXT    NOT NULL DEFAULT '',       -- what is asked
  material  TEXT    NOT NULL DEFAULT '',       -- to study
  from_on   TEXT    NOT NULL,
  to_on     TEXT    NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN ('draft', 'open', 'closed',
              'answered', 'cancelled')),
  published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
  reason    TEXT    NOT NULL DEFAULT '',
  summary   TEXT    NOT NULL DEFAULT '',       -- of its end
  token     TEXT    NOT NULL UNIQUE,           -- 26 of base32, of its page
  added_at  INTEGER NOT NULL,
  added_by  INTEGER REFERENCES person (id),
  row_version INTEGER NOT NULL DEFAULT 0,      -- times written
  CHECK (from_on <= to_on)
) STRICT;
CREATE INDEX consultation_from ON consultation (from_on, id);
CREATE INDEX consultation_law ON consultation (law, id);
CREATE INDEX consultation_open ON consultation (to_on, id)
  WHERE state IN ('draft', 'open', 'closed');

-- What runs or is going to, the nearest end first; then what is over, the
-- latest first.
CREATE INDEX consultation_due ON consultation (
  (CASE WHEN state IN ('draft', 'open')
     THEN CAST(replace(to_on, '-', '') AS INTEGER)
     ELSE 200000000 - CAST(replace(to_on, '-', '') AS INTEGER) END), id);

CREATE INDEX consultation_version ON consultation (version);
CREATE INDEX consultation_by ON consultation (added_by)
  WHERE added_by IS NOT NULL;

-- The units that are asked: their stations check what comes from there.
CREATE TABLE consultation_unit (
  id           INTEGER PRIMARY KEY,
  consultation INTEGER NOT NULL REFERENCES consultation (id),
  unit         INTEGER NOT NULL REFERENCES unit (id),
  station      INTEGER NOT NULL REFERENCES station (id)
) STRICT;
CREATE UNIQUE INDEX consultation_unit_once
  ON consultation_unit (consultation, unit);
CREATE INDEX consultation_unit_unit ON consultation_unit (unit, consultation);

CREATE INDEX consultation_unit_station ON consultation_unit (station);

-- A deputy's five steps, each with its instant.
CREATE TABLE consultation_person (
  id           INTEGER PRIMARY KEY,
  consultation INTEGER NOT NULL REFERENCES consultation (id),
  person       INTEGER NOT NULL REFERENCES person (id),
  unit         INTEGER NOT NULL REFERENCES unit (id),
  station      INTEGER NOT NULL REFERENCES station (id),
  state        TEXT    NOT NULL CHECK (state IN ('received', 'read',
                 'studied', 'commented', 'nothing', 'seen')),
  received_at  INTEGER NOT NULL,
  read_at      INTEGER,
  studied_at   INTEGER,
  done_at      INTEGER,                        -- commented, or said none
  seen_at      INTEGER,                        -- saw the result
  to_on        TEXT    NOT NULL                -- the consultation's
) STRICT;
CREATE UNIQUE INDEX consultation_person_once
  ON consultation_person (consultation, person);
CREATE INDEX consultation_person_unit
  ON consultation_person (unit, consultation, state);
CREATE INDEX consultation_person_todo ON consultation_person (person, to_on)
  WHERE state IN ('received', 'read', 'studied');
CREATE INDEX consultation_person_person
  ON consultation_person (person, consultation);

CREATE INDEX consultation_person_station ON consultation_person (station);
-- How far they got, counted without their rows.
CREATE INDEX consultation_person_steps
  ON consultation_person (consultation, studied_at, done_at);

-- Where somebody reads. No record: no event, and gone without harm.
CREATE TABLE law_bookmark (
  account INTEGER NOT NULL,
  version INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (account, version)
) STRICT, WITHOUT ROWID;

-- A comment stays with the text and the article it was made on.
CREATE TABLE law_comment (
  id           INTEGER PRIMARY KEY,            -- the number people use
  consultation INTEGER NOT NULL REFERENCES consultation (id),
  version      INTEGER NOT NULL REFERENCES law_version (id),
  article      INTEGER REFERENCES law_article (id), -- NULL: the whole
  source       TEXT    NOT NULL CHECK (source IN ('deputy', 'officer',
                 'public', 'opinion')),
  person       INTEGER REFERENCES person (id), -- whose; NULL: the public
  sender       TEXT    NOT NULL DEFAULT '',    -- how to call them
  entered_by   INTEGER REFERENCES person (id), -- who wrote it down for them
  conversion   INTEGER REFERENCES conversion (id),
  unit         INTEGER NOT NULL REFERENCES unit (id),
  station      INTEGER NOT NULL REFERENCES station (id),
  words        TEXT    NOT NULL,               -- what and why
  wording      TEXT    NOT NULL DEFAULT '',    -- proposed, of the article
  state        TEXT    NOT NULL CHECK (state IN ('held', 'submitted',
                 'checked', 'merged', 'sent', 'answered', 'returned',
                 'withdrawn')),
  reason       TEXT    NOT NULL DEFAULT '',    -- of holding, returning
  merged       INTEGER REFERENCES law_comment (id),
  result       TEXT    NOT NULL DEFAULT 'none' CHECK (result IN ('none',
                 'adopted', 'partly', 'not', 'reference')),
  answer       TEXT    NOT NULL DEFAULT '',
  at           INTEGER NOT NULL,
  checked_at   INTEGER,
  sent_at      INTEGER,
  answered_at  INTEGER,
  seen_at      INTEGER,                        -- its author saw the answer
  row_version  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX law_comment_consultation ON law_comment (consultation, at, id);
CREATE INDEX law_comment_article ON law_comment (version, article, id);
CREATE INDEX law_comment_unit ON law_comment (unit, at, id);
CREATE INDEX law_comment_station ON law_comment (station, at, id);
CREATE INDEX law_comment_at ON law_comment (at, id);
CREATE INDEX law_comment_person ON law_comment (person, at, id)
  WHERE person IS NOT NULL;
CREATE INDEX law_comment_check ON law_comment (station, at, id)
  WHERE state IN ('held', 'submitted');
CREATE INDEX law_comment_send ON law_comment (at, id) WHERE state = 'sent';
CREATE INDEX law_comment_merged ON law_comment (merged)
  WHERE merged IS NOT NULL;
CREATE UNIQUE INDEX law_comment_conversion ON law_comment (conversion)
  WHERE conversion IS NOT NULL;

-- Opinions that became comments and are not answered.
CREATE INDEX conversion_law_waiting ON conversion (id)
  WHERE kind = 'law_comment' AND state = 'waiting';

-- What is searched: titles of laws, their articles, what was said.
CREATE VIRTUAL TABLE law_text USING fts5 (
  title,
  content = 'law', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER law_text_add AFTER INSERT ON law
BEGIN
  INSERT INTO law_text (rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER law_text_drop AFTER DELETE ON law
BEGIN
  INSERT INTO law_text (law_text, rowid, title)
  VALUES ('delete', old.id, old.title);
END;
CREATE VIRTUAL TABLE law_article_text USING fts5 (
  text,
  content = 'law_article', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER law_article_text_add AFTER INSERT ON law_article
BEGIN
  INSERT INTO law_article_text (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER law_article_text_drop AFTER DELETE ON law_article
BEGIN
  INSERT INTO law_article_text (law_article_text, rowid, text)
  VALUES ('delete', old.id, old.text);
END;
CREATE VIRTUAL TABLE law_comment_text USING fts5 (
  words, wording,
  content = 'law_comment', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER law_comment_text_add AFTER INSERT ON law_comment
BEGIN
  INSERT INTO law_comment_text (rowid, words, wording)
  VALUES (new.id, new.words, new.wording);
END;
CREATE TRIGGER law_comment_text_drop AFTER DELETE ON law_comment
BEGIN
  INSERT INTO law_comment_text (law_comment_text, rowid, words, wording)
  VALUES ('delete', old.id, old.words, old.wording);
END;
CREATE TRIGGER law_comment_text_move AFTER UPDATE OF words, wording
  ON law_comment WHEN (old.words, old.wording) IS NOT (new.words, new.wording)
BEGIN
  INSERT INTO law_comment_text (law_comment_text, rowid, words, wording)
  VALUES ('delete', old.id, old.words, old.wording);
  INSERT INTO law_comment_text (rowid, words, wording)
  VALUES (new.id, new.words, new.wording);
END;

INSERT INTO role_perm
SELECT column1, 'law.' || value
  FROM (VALUES
    ('county_staff', '["read","write","check","answer","stats"]'),
    ('unit_staff', '["read","check","stats"]'),
    ('station_head', '["read","check","stats"]'),
    ('vice_head', '["read","check","stats"]'),
    ('officer', '["read","check","stats"]'),
    ('deputy', '["read","comment","stats"]'),
    ('leader', '["read","stats"]')), json_each(column2);

-- Comments on laws count for themselves.
INSERT INTO duty_kind VALUES ('law', '立法', 'legislation', 6);
INSERT INTO duty_rule VALUES (-6, 'law', '2000-01-01', 30, 15, 0, 0, 6);
