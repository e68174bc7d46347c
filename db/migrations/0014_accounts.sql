-- The administrator's and the auditor's day.

-- When each account signed in last: a row changes once a day at most. Not a
-- record: no event, no audit.
CREATE TABLE account_seen (
  account INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL
) STRICT;

-- Reading the audit by who and by what; its rows are in order within each.
CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_action ON audit (action);

INSERT INTO role_perm VALUES ('admin', 'code.manage'), ('admin', 'code.read');
INSERT INTO role_perm SELECT role, 'code.read' FROM role_perm
 WHERE perm = 'code.write';
