-- What is searched: one index of text for each kind of record, called
-- <table>_text, with the record's number as its rowid and columns of the
-- table's own. It holds words, never the text, and is written by triggers in
-- the record's own transaction. A new kind is one such table, three triggers
-- and a row of db/search.c.

-- Which folding (db/base/fold.h) all of them were made with; another one, as
-- 0 is, has them made anew when the schema is brought up to date.
CREATE TABLE text_index (
  fold INTEGER NOT NULL
) STRICT;
INSERT INTO text_index VALUES (0);

CREATE VIRTUAL TABLE activity_text USING fts5 (
  title, venue, agenda, minutes,
  content = 'activity', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER activity_text_add AFTER INSERT ON activity
BEGIN
  INSERT INTO activity_text (rowid, title, venue, agenda, minutes)
  VALUES (new.id, new.title, new.venue, new.agenda, new.minutes);
END;
CREATE TRIGGER activity_text_drop AFTER DELETE ON activity
BEGIN
  INSERT INTO activity_text
    (activity_text, rowid, title, venue, agenda, minutes)
  VALUES ('delete', old.id, old.title, old.venue, old.agenda, old.minutes);
END;
CREATE TRIGGER activity_text_move
  AFTER UPDATE OF title, venue, agenda, minutes ON activity
  WHEN (old.title, old.venue, old.agenda, old.minutes) IS NOT
       (new.title, new.venue, new.agenda, new.minutes)
BEGIN
  INSERT INTO activity_text
    (activity_text, rowid, title, venue, agenda, minutes)
  VALUES ('delete', old.id, old.title, old.venue, old.agenda, old.minutes);
  INSERT INTO activity_text (rowid, title, venue, agenda, minutes)
  VALUES (new.id, new.title, new.venue, new.agenda, new.minutes);
END;

CREATE VIRTUAL TABLE person_text USING fts5 (
  name, job,
  content = 'person', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER person_text_add AFTER INSERT ON person
BEGIN
  INSERT INTO person_text (rowid, name, job)
  VALUES (new.id, new.name, new.job);
END;
CREATE TRIGGER person_text_drop AFTER DELETE ON person
BEGIN
  INSERT INTO person_text (person_text, rowid, name, job)
  VALUES ('delete', old.id, old.name, old.job);
END;
CREATE TRIGGER person_text_move AFTER UPDATE OF name, job ON person
  WHEN (old.name, old.job) IS NOT (new.name, new.job)
BEGIN
  INSERT INTO person_text (person_text, rowid, name, job)
  VALUES ('delete', old.id, old.name, old.job);
  INSERT INTO person_text (rowid, name, job)
  VALUES (new.id, new.name, new.job);
END;

CREATE VIRTUAL TABLE opinion_text USING fts5 (
  subject, body, venue,
  content = 'opinion', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER opinion_text_add AFTER INSERT ON opinion
BEGIN
  INSERT INTO opinion_text (rowid, subject, body, venue)
  VALUES (new.id, new.subject, new.body, new.venue);
END;
CREATE TRIGGER opinion_text_drop AFTER DELETE ON opinion
BEGIN
  INSERT INTO opinion_text (opinion_text, rowid, subject, body, venue)
  VALUES ('delete', old.id, old.subject, old.body, old.venue);
END;
CREATE TRIGGER opinion_text_move AFTER UPDATE OF subject, body, venue
  ON opinion
  WHEN (old.subject, old.body, old.venue) IS NOT
       (new.subject, new.body, new.venue)
BEGIN
  INSERT INTO opinion_text (opinion_text, rowid, subject, body, venue)
  VALUES ('delete', old.id, old.subject, old.body, old.venue);
  INSERT INTO opinion_text (rowid, subject, body, venue)
  VALUES (new.id, new.subject, new.body, new.venue);
END;

-- What was said about an opinion: answers, replies, progress.
CREATE VIRTUAL TABLE opinion_note_text USING fts5 (
  words,
  content = 'opinion_note', content_rowid = 'id', tokenize = 'liaison'
);
CREATE TRIGGER opinion_note_text_add AFTER INSERT ON opinion_note
BEGIN
  INSERT INTO opinion_note_text (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER opinion_note_text_drop AFTER DELETE ON opinion_note
BEGIN
  INSERT INTO opinion_note_text (opinion_note_text, rowid, words)
  VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER opinion_note_text_move AFTER UPDATE OF words ON opinion_note
  WHEN old.words IS NOT new.words
BEGIN
  INSERT INTO opinion_note_text (opinion_note_text, rowid, words)
  VALUES ('delete', old.id, old.words);
  INSERT INTO opinion_note_text (rowid, words) VALUES (new.id, new.words);
END;

-- Whether an office has an opinion: asked for each row that it might see.
CREATE INDEX opinion_leg_own ON opinion_leg (opinion, organ);
