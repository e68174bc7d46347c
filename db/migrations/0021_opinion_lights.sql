-- Work in hand by its light: read without the opinions themselves.

CREATE INDEX opinion_lights ON opinion (unit, clock, due_on, warn_on)
  WHERE state NOT IN ('closed', 'discarded', 'merged');
