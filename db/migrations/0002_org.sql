-- Units, stations, people, what they are elected to and what they hold.

-- What a unit may do is a capability of its kind.
CREATE TABLE unit_kind (
  name         TEXT PRIMARY KEY,
  label        TEXT    NOT NULL,
  label_en     TEXT    NOT NULL,
  has_congress INTEGER NOT NULL,
  has_deputies INTEGER NOT NULL,               -- deputies of its own level
  has_assembly INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO unit_kind VALUES
  ('town', '镇', 'town', 1, 1, 0),
  ('subdistrict', '街道', 'subdistrict', 0, 0, 1);

CREATE TABLE unit (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL UNIQUE,
  kind     TEXT    NOT NULL REFERENCES unit_kind (name),
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_position ON unit (position, id);

CREATE TABLE station (
  id      INTEGER PRIMARY KEY,
  unit    INTEGER NOT NULL UNIQUE REFERENCES unit (id),
  name    TEXT    NOT NULL UNIQUE,
  address TEXT    NOT NULL DEFAULT '',
  phone   TEXT    NOT NULL DEFAULT '',         -- of the office, public
  profile TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Rooms and points lie under the station and have no administration.
CREATE TABLE place (
  id      INTEGER PRIMARY KEY,
  unit    INTEGER NOT NULL REFERENCES unit (id),
  station INTEGER NOT NULL REFERENCES station (id),
  kind    TEXT    NOT NULL CHECK (kind IN ('room', 'point')),
  name    TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX place_name ON place (station, name);
CREATE INDEX place_unit ON place (unit);

-- An office of government, court or procuratorate that handles matters.
CREATE TABLE organ (
  id   INTEGER PRIMARY KEY,
  unit INTEGER REFERENCES unit (id),           -- NULL: the county's
  name TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX organ_name ON organ (unit, name);

CREATE TABLE district (
  id    INTEGER PRIMARY KEY,
  unit  INTEGER NOT NULL REFERENCES unit (id),
  level TEXT    NOT NULL CHECK (level IN ('county', 'town')),
  name  TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX district_name ON district (unit, level, name);

CREATE TABLE term (
  id      INTEGER PRIMARY KEY,
  level   TEXT    NOT NULL CHECK (level IN ('county', 'town')),
  unit    INTEGER REFERENCES unit (id),        -- NULL: the county's congress
  number  INTEGER NOT NULL,                    -- the 16th people's congress
  from_on TEXT    NOT NULL,
  to_on   TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX term_number ON term (level, unit, number);

CREATE TABLE deputy_group (
  id      INTEGER PRIMARY KEY,
  unit    INTEGER NOT NULL REFERENCES unit (id),
  station INTEGER NOT NULL REFERENCES station (id),
  name    TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX deputy_group_name ON deputy_group (station, name);
CREATE INDEX deputy_group_unit ON deputy_group (unit);

CREATE TABLE person (
  id       INTEGER PRIMARY KEY,
  unit     INTEGER REFERENCES unit (id),       -- whose roster; NULL: county
  name     TEXT    NOT NULL,
  pinyin   TEXT    NOT NULL,                   -- "zhang wei", editable
  initials TEXT    NOT NULL,                   -- "zw"
  stroke   TEXT    NOT NULL,                   -- sorts by number of strokes
  job      TEXT    NOT NULL DEFAULT '',
  note     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_initials ON person (initials, id);
CREATE INDEX person_pinyin ON person (pinyin, id);
CREATE INDEX person_name ON person (name, id);
CREATE INDEX person_unit ON person (unit, pinyin, id);
CREATE INDEX person_stroke ON person (stroke, id);
CREATE INDEX person_unit_stroke ON person (unit, stroke, id);

CREATE TABLE mandate (
  id       INTEGER PRIMARY KEY,
  person   INTEGER NOT NULL REFERENCES person (id),
  level    TEXT    NOT NULL CHECK (level IN ('county', 'town')),
  term     INTEGER NOT NULL REFERENCES term (id),
  district INTEGER REFERENCES district (id),
  unit     INTEGER NOT NULL REFERENCES unit (id),
  station  INTEGER NOT NULL REFERENCES station (id),
  place    INTEGER REFERENCES place (id),
  grp      INTEGER REFERENCES deputy_group (id),
  from_on  TEXT    NOT NULL,
  to_on    TEXT                                -- NULL: still held
) STRICT;
CREATE INDEX mandate_person ON mandate (person, from_on);
CREATE INDEX mandate_unit ON mandate (unit, person);
CREATE INDEX mandate_station ON mandate (station, person);
CREATE INDEX mandate_grp ON mandate (grp, person);
CREATE INDEX mandate_term ON mandate (term);
CREATE INDEX mandate_district ON mandate (district);
CREATE INDEX mandate_place ON mandate (place);

CREATE TABLE role (
  name     TEXT PRIMARY KEY,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  scope    TEXT    NOT NULL
    CHECK (scope IN ('none', 'county', 'unit', 'station', 'self', 'assigned')),
  bench    TEXT    NOT NULL                    -- which workbench it lands on
    CHECK (bench IN ('admin', 'audit', 'county', 'unit', 'station', 'deputy',
                     'organ', 'leader')),
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO role VALUES
  ('admin', '系统管理员', 'administrator', 'county', 'admin', 1),
  ('auditor', '审计员', 'auditor', 'county', 'audit', 2),
  ('county_staff', '市人大', 'county staff', 'county', 'county', 3),
  ('unit_staff', '镇街人大', 'unit staff', 'unit', 'unit', 4),
  ('station_head', '站长', 'station head', 'station', 'station', 5),
  ('vice_head', '副站长', 'vice head', 'station', 'station', 6),
  ('officer', '联络员', 'liaison officer', 'station', 'station', 7),
  ('deputy', '代表', 'deputy', 'self', 'deputy', 8),
  ('organ', '承办单位', 'handling unit', 'assigned', 'organ', 9),
  ('leader', '领导', 'leader', 'county', 'leader', 10);

CREATE TABLE role_perm (
  role TEXT NOT NULL REFERENCES role (name),
  perm TEXT NOT NULL,                          -- a name of perm.def
  PRIMARY KEY (role, perm)
) STRICT, WITHOUT ROWID;
INSERT INTO role_perm VALUES
  ('admin', 'site.read'), ('admin', 'org.read'), ('admin', 'org.write'),
  ('admin', 'account.read'), ('admin', 'account.write'),
  ('auditor', 'site.read'), ('auditor', 'audit.read'),
  ('county_staff', 'site.read'), ('county_staff', 'org.read'),
  ('county_staff', 'activity.read'), ('county_staff', 'activity.write'),
  ('county_staff', 'activity.roll'), ('county_staff', 'activity.head'),
  ('county_staff', 'code.write'), ('county_staff', 'duty.read'),
  ('county_staff', 'event.strike'),
  ('unit_staff', 'org.read'), ('unit_staff', 'activity.read'),
  ('unit_staff', 'activity.write'), ('unit_staff', 'activity.roll'),
  ('unit_staff', 'code.write'), ('unit_staff', 'duty.read'),
  ('unit_staff', 'event.strike'),
  ('station_head', 'org.read'), ('station_head', 'activity.read'),
  ('station_head', 'activity.write'), ('station_head', 'activity.roll'),
  ('station_head', 'activity.head'), ('station_head', 'code.write'),
  ('station_head', 'duty.read'), ('station_head', 'event.strike'),
  ('vice_head', 'org.read'), ('vice_head', 'activity.read'),
  ('vice_head', 'activity.write'), ('vice_head', 'activity.roll'),
  ('vice_head', 'activity.head'), ('vice_head', 'code.write'),
  ('vice_head', 'duty.read'), ('vice_head', 'event.strike'),
  ('officer', 'org.read'), ('officer', 'activity.read'),
  ('officer', 'activity.write'), ('officer', 'activity.roll'),
  ('officer', 'code.write'), ('officer', 'duty.read'),
  ('deputy', 'org.read'), ('deputy', 'activity.read'),
  ('deputy', 'activity.join'), ('deputy', 'duty.read'), ('deputy', 'duty.own'),
  ('leader', 'org.read'), ('leader', 'activity.read'), ('leader', 'duty.read');

-- An office held from-to at a place in the tree; an account wears one at a
-- time.
CREATE TABLE office (
  id      INTEGER PRIMARY KEY,
  person  INTEGER NOT NULL REFERENCES person (id),
  role    TEXT    NOT NULL REFERENCES role (name),
  unit    INTEGER REFERENCES unit (id),
  station INTEGER REFERENCES station (id),
  place   INTEGER REFERENCES place (id),
  organ   INTEGER REFERENCES organ (id),
  from_on TEXT    NOT NULL,
  to_on   TEXT
) STRICT;
CREATE INDEX office_person ON office (person, from_on);
CREATE INDEX office_station ON office (station, role);
CREATE INDEX office_unit ON office (unit, role);
CREATE INDEX office_place ON office (place) WHERE place IS NOT NULL;
CREATE INDEX office_organ ON office (organ) WHERE organ IS NOT NULL;
CREATE INDEX office_role ON office (role);

CREATE TABLE account (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL UNIQUE,         -- what ssh calls the user
  person      INTEGER NOT NULL REFERENCES person (id),
  unit        INTEGER REFERENCES unit (id),
  office      INTEGER REFERENCES office (id),  -- the hat worn last
  password    TEXT    NOT NULL DEFAULT '',     -- Argon2id; '' cannot sign in
  must_change INTEGER NOT NULL DEFAULT 0,
  language    TEXT    NOT NULL DEFAULT '',     -- '' as the client says
  wide_blocks INTEGER NOT NULL DEFAULT 0,      -- terminal draws blocks 2 wide
  created_at  INTEGER NOT NULL,
  disabled_at INTEGER
) STRICT;
CREATE INDEX account_person ON account (person);
CREATE INDEX account_unit ON account (unit, name);
CREATE INDEX account_office ON account (office);

CREATE TABLE account_key (
  id       INTEGER PRIMARY KEY,
  account  INTEGER NOT NULL REFERENCES account (id),
  type     TEXT    NOT NULL,                   -- ssh-ed25519
  key      TEXT    NOT NULL,                   -- base64 as in authorized_keys
  label    TEXT    NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_key_key ON account_key (account, key);
