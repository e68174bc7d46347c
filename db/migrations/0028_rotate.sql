-- A code that changes on the screen, so that a photograph of it does not work
-- at home. rotate_key: what is shown follows from it and the clock; NULL: the
-- code does not change.
ALTER TABLE activity ADD COLUMN rotates INTEGER NOT NULL DEFAULT 0
  CHECK (rotates IN (0, 1));
ALTER TABLE code ADD COLUMN rotate_key TEXT;
-- Typed letters are looked for among those that are good now: a handful.
CREATE INDEX code_rotates ON code (valid_to) WHERE rotate_key IS NOT NULL;

INSERT INTO setting VALUES
  ('code.rotate_seconds', '30');               -- how long one is shown
