-- A file that came with an opinion. Its content lies beside the database,
-- called by its hash; see db/blob.h.
CREATE TABLE attachment (
  id      INTEGER PRIMARY KEY,
  opinion INTEGER NOT NULL REFERENCES opinion (id),
  kind    TEXT    NOT NULL CHECK (kind IN ('picture', 'voice', 'video',
            'document', 'other')),
  name    TEXT    NOT NULL CHECK (length(name) <= 80),
  type    TEXT    NOT NULL CHECK (type <> ''),
  size    INTEGER NOT NULL CHECK (size >= 0),
  hash    TEXT    NOT NULL CHECK (length(hash) = 64),
  thumb   TEXT    NOT NULL CHECK (length(thumb) IN (0, 64)),
  at      INTEGER NOT NULL,
  by      INTEGER REFERENCES person (id),      -- NULL: the citizen
  event   INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX attachment_opinion ON attachment (opinion, id);
CREATE INDEX attachment_hash ON attachment (hash);
CREATE INDEX attachment_thumb ON attachment (thumb) WHERE thumb <> '';
CREATE INDEX attachment_by ON attachment (by) WHERE by IS NOT NULL;
CREATE INDEX attachment_event ON attachment (event);

-- How many files come with one message, and how large one may be.
INSERT INTO setting VALUES
  ('attachment.count', '9'),
  ('attachment.document_mb', '20'),
  ('attachment.picture_mb', '10'),
  ('attachment.video_mb', '50'),
  ('attachment.voice_mb', '10');
