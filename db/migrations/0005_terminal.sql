-- What each person's terminal is like: its encoding, and how wide it draws
-- characters that terminals disagree on. '' is "as the client says" and "not
-- answered yet"; a 0 before this meant the latter, nobody had been asked.
ALTER TABLE account ADD COLUMN encoding TEXT NOT NULL DEFAULT ''
  CHECK (encoding IN ('', 'utf-8', 'gb18030', 'gbk'));
ALTER TABLE account ADD COLUMN blocks TEXT NOT NULL DEFAULT ''
  CHECK (blocks IN ('', 'narrow', 'wide'));
UPDATE account SET blocks = 'wide' WHERE wide_blocks <> 0;
ALTER TABLE account DROP COLUMN wide_blocks;
