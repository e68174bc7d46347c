-- Why a message was held, which stays when it is released, and the code by
-- which it came.
ALTER TABLE opinion ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
ALTER TABLE opinion ADD COLUMN code INTEGER REFERENCES code (id);
UPDATE opinion SET reason = '',
  doubts = iif(source = 'robot', 'unknown', reason) WHERE state = 'held';

CREATE INDEX opinion_code ON opinion (code, received_at)
  WHERE code IS NOT NULL;
-- Those that wait, and all that were ever held: a small part.
CREATE INDEX opinion_held ON opinion (received_at, id) WHERE state = 'held';
CREATE INDEX opinion_unit_held ON opinion (unit, received_at, id)
  WHERE state = 'held';
CREATE INDEX opinion_station_held ON opinion (station, received_at, id)
  WHERE state = 'held';
CREATE INDEX opinion_doubts ON opinion (received_at, id) WHERE doubts <> '';
CREATE INDEX opinion_unit_doubts ON opinion (unit, received_at, id)
  WHERE doubts <> '';
CREATE INDEX opinion_station_doubts ON opinion (station, received_at, id)
  WHERE doubts <> '';

INSERT INTO setting VALUES ('message.per_hour_code', '60');

-- What came by which way in a month, by unit; messages to the robot that were
-- not done, with what they said.
CREATE INDEX opinion_month_source ON opinion (month, unit, source);
ALTER TABLE robot_message ADD COLUMN refused INTEGER NOT NULL DEFAULT 0
  CHECK (refused IN (0, 1));
ALTER TABLE robot_message ADD COLUMN words TEXT NOT NULL DEFAULT '';
INSERT INTO setting VALUES ('robot.twice_days', '7');
