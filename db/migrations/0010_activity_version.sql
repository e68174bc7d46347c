-- How often an activity was saved: who saves tells which one was read, so
-- that nobody writes over what somebody else wrote meanwhile.
ALTER TABLE activity ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
