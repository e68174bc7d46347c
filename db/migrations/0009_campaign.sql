-- Campaigns: issued by the county, planned by each unit, carried by the
-- activities attached to them, summed up at their end.

CREATE TABLE campaign (
  id         INTEGER PRIMARY KEY,              -- the number people use
  title      TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  goals      TEXT    NOT NULL DEFAULT '',
  from_on    TEXT    NOT NULL,
  to_on      TEXT    NOT NULL,                 -- included
  state      TEXT    NOT NULL CHECK (state IN ('issued', 'closed', 'cancelled')),
  summary    TEXT    NOT NULL DEFAULT '',      -- the county's, on closing
  reason     TEXT    NOT NULL DEFAULT '',      -- reopened or cancelled why
  created_at INTEGER NOT NULL,
  created_by INTEGER REFERENCES person (id),
  CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX campaign_from ON campaign (from_on, id);
CREATE INDEX campaign_state ON campaign (state, from_on, id);
CREATE INDEX campaign_created_by ON campaign (created_by);

-- A campaign in one unit. opinions and solved are the unit's own report.
CREATE TABLE campaign_unit (
  id         INTEGER PRIMARY KEY,
  campaign   INTEGER NOT NULL REFERENCES campaign (id),
  unit       INTEGER NOT NULL REFERENCES unit (id),
  state      TEXT    NOT NULL CHECK (state IN ('issued', 'planned',
               'under_way', 'summed_up', 'closed')),
  plan       TEXT    NOT NULL DEFAULT '',
  activities INTEGER NOT NULL DEFAULT 0,       -- planned
  deputies   INTEGER NOT NULL DEFAULT 0,       -- people to reach
  summary    TEXT    NOT NULL DEFAULT '',
  opinions   INTEGER NOT NULL DEFAULT 0,       -- gathered
  solved     INTEGER NOT NULL DEFAULT 0,       -- problems
  reason     TEXT    NOT NULL DEFAULT ''       -- sent back why
) STRICT;
CREATE UNIQUE INDEX campaign_unit_once ON campaign_unit (campaign, unit);
CREATE INDEX campaign_unit_unit ON campaign_unit (unit, campaign);
CREATE INDEX campaign_unit_state ON campaign_unit (state, unit, campaign);

-- Days after its end until a unit should have summed it up.
INSERT INTO setting VALUES ('campaign.sum_up_days', '30');

-- An activity counts for one campaign at most.
CREATE UNIQUE INDEX activity_subject_campaign ON activity_subject (activity)
  WHERE kind = 'campaign_unit';

INSERT INTO role_perm VALUES
  ('county_staff', 'campaign.read'), ('county_staff', 'campaign.write'),
  ('unit_staff', 'campaign.read'), ('unit_staff', 'campaign.plan'),
  ('station_head', 'campaign.read'), ('station_head', 'campaign.plan'),
  ('vice_head', 'campaign.read'), ('vice_head', 'campaign.plan'),
  ('officer', 'campaign.read'), ('deputy', 'campaign.read'),
  ('leader', 'campaign.read');

-- Counters of a campaign in a unit: its activities by state, and how often
-- each deputy took part (part: the person), so that the rows of a range are
-- the deputies it reached.
CREATE TRIGGER campaign_attach AFTER INSERT ON activity_subject
  WHEN new.kind = 'campaign_unit'
BEGIN
  INSERT INTO counter
  SELECT 'campaign.activity', new.subject, 0, state, 1
    FROM activity WHERE id = new.activity
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO counter
  SELECT 'campaign.deputy', new.subject, 0, person, 1
    FROM participant
   WHERE activity = new.activity AND state IN ('signed_in', 'late')
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER campaign_detach AFTER DELETE ON activity_subject
  WHEN old.kind = 'campaign_unit'
BEGIN
  INSERT INTO counter
  SELECT 'campaign.activity', old.subject, 0, state, -1
    FROM activity WHERE id = old.activity
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'campaign.deputy', old.subject, 0, person, -1
    FROM participant
   WHERE activity = old.activity AND state IN ('signed_in', 'late')
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER campaign_fixed
  BEFORE UPDATE OF activity, kind, subject ON activity_subject
BEGIN
  SELECT RAISE(ABORT, 'an activity is attached or taken off, not moved');
END;
CREATE TRIGGER campaign_activity_move AFTER UPDATE OF state ON activity
  WHEN old.state <> new.state
BEGIN
  INSERT INTO counter
  SELECT 'campaign.activity', subject, 0, old.state, -1
    FROM activity_subject
   WHERE activity = new.id AND kind = 'campaign_unit'
  ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO counter
  SELECT 'campaign.activity', subject, 0, new.state, 1
    FROM activity_subject
   WHERE activity = new.id AND kind = 'campaign_unit'
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER campaign_deputy_add AFTER INSERT ON participant
  WHEN new.state IN ('signed_in', 'late')
BEGIN
  INSERT INTO counter
  SELECT 'campaign.deputy', subject, 0, new.person, 1
    FROM activity_subject
   WHERE activity = new.activity AND kind = 'campaign_unit'
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER campaign_deputy_drop AFTER DELETE ON participant
  WHEN old.state IN ('signed_in', 'late')
BEGIN
  INSERT INTO counter
  SELECT 'campaign.deputy', subject, 0, old.person, -1
    FROM activity_subject
   WHERE activity = old.activity AND kind = 'campaign_unit'
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER campaign_deputy_move AFTER UPDATE OF state ON participant
  WHEN (old.state IN ('signed_in', 'late')) <>
       (new.state IN ('signed_in', 'late'))
BEGIN
  INSERT INTO counter
  SELECT 'campaign.deputy', subject, 0, new.person,
         iif(new.state IN ('signed_in', 'late'), 1, -1)
    FROM activity_subject
   WHERE activity = new.activity AND kind = 'campaign_unit'
  ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
