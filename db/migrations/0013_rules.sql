-- The tables by which the county works. A row holds from from_on until the
-- next row of the same name; a row that has begun is history. Rows that come
-- with the program have numbers below 0 and no event.

-- Kinds of activity.
CREATE TABLE activity_rule (
  id             INTEGER PRIMARY KEY,
  name           TEXT    NOT NULL,
  from_on        TEXT    NOT NULL,
  label          TEXT    NOT NULL,
  label_en       TEXT    NOT NULL,
  duty           TEXT    NOT NULL REFERENCES duty_kind (name),
  before_minutes INTEGER NOT NULL,             -- the form's sign-in window
  after_minutes  INTEGER NOT NULL,
  in_use         INTEGER NOT NULL,             -- 0: no longer offered
  position       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX activity_rule_name ON activity_rule (name, from_on);
CREATE UNIQUE INDEX activity_rule_order
  ON activity_rule (position, name, from_on);
CREATE INDEX activity_rule_duty ON activity_rule (duty);
INSERT INTO activity_rule
SELECT -position, name, '2000-01-01', label, label_en, duty, 30, 30, 1,
       position FROM activity_kind;
DROP TABLE activity_kind;
-- What holds today, by the name an activity keeps.
CREATE VIEW activity_kind AS
SELECT r.name, r.label, r.label_en, r.duty, r.before_minutes,
       r.after_minutes, r.in_use, r.position
  FROM activity_rule AS r
 WHERE r.from_on = (SELECT max(s.from_on) FROM activity_rule AS s
                     WHERE s.name = r.name AND s.from_on <= site_today());

-- Points, in tenths, of each kind of duty, from a year on; a cap is for the
-- year's records of that grade, 0 is none.
CREATE TABLE duty_rule (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL REFERENCES duty_kind (name),
  from_on     TEXT    NOT NULL CHECK (from_on LIKE '____-01-01'),
  full_points INTEGER NOT NULL,
  late_points INTEGER NOT NULL,
  full_cap    INTEGER NOT NULL,
  late_cap    INTEGER NOT NULL,
  position    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX duty_rule_name ON duty_rule (name, from_on);
CREATE UNIQUE INDEX duty_rule_order ON duty_rule (position, name, from_on);
INSERT INTO duty_rule
SELECT -k.position, k.name, '2000-01-01', f.points, l.points,
       coalesce(f.cap, 0), coalesce(l.cap, 0), k.position
  FROM duty_kind AS k
  JOIN point_rule AS f ON f.kind = k.name AND f.grade = 'full'
  JOIN point_rule AS l ON l.kind = k.name AND l.grade = 'late';
DROP TABLE point_rule;

-- Categories of matters, a tree of three levels.
CREATE TABLE category_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  parent   TEXT    NOT NULL,                   -- name of another; '' none
  in_use   INTEGER NOT NULL,
  position INTEGER NOT NULL                    -- in the order of the tree
) STRICT;
CREATE UNIQUE INDEX category_rule_name ON category_rule (name, from_on);
CREATE UNIQUE INDEX category_rule_order
  ON category_rule (position, name, from_on);
CREATE INDEX category_rule_parent ON category_rule (parent, position);
INSERT INTO category_rule
SELECT -row_number() OVER (), column1, '2000-01-01', column3, column4,
       column2, 1, 100 * row_number() OVER () FROM (VALUES
  ('build', '', '城乡建设', 'Building and housing'),
  ('build.municipal', 'build', '市政设施', 'Municipal works'),
  ('build.municipal.light', 'build.municipal', '路灯', 'Street lights'),
  ('build.municipal.pipe', 'build.municipal', '给排水', 'Water and drains'),
  ('build.municipal.parking', 'build.municipal', '停车', 'Parking'),
  ('build.housing', 'build', '住房', 'Housing'),
  ('build.housing.old', 'build.housing', '老旧小区', 'Old estates'),
  ('build.housing.property', 'build.housing', '物业', 'Property management'),
  ('traffic', '', '交通出行', 'Traffic'),
  ('traffic.road', 'traffic', '道路', 'Roads'),
  ('traffic.road.repair', 'traffic.road', '道路养护', 'Road repair'),
  ('traffic.bus', 'traffic', '公共交通', 'Public transport'),
  ('farm', '', '农业农村', 'Farming and villages'),
  ('farm.land', 'farm', '土地', 'Land'),
  ('farm.water', 'farm', '农田水利', 'Irrigation'),
  ('green', '', '生态环境', 'Environment'),
  ('green.water', 'green', '水环境', 'Rivers'),
  ('green.air', 'green', '大气', 'Air'),
  ('green.waste', 'green', '垃圾分类', 'Waste sorting'),
  ('green.noise', 'green', '噪音', 'Noise'),
  ('people', '', '社会民生', 'Social affairs'),
  ('people.school', 'people', '教育', 'Education'),
  ('people.health', 'people', '医疗卫生', 'Health care'),
  ('people.old', 'people', '养老助残', 'Care of the old and disabled'),
  ('people.work', 'people', '就业社保', 'Work and insurance'),
  ('economy', '', '经济发展', 'Economy'),
  ('economy.firm', 'economy', '营商环境', 'Business conditions'),
  ('economy.market', 'economy', '市场监管', 'Market supervision'),
  ('law', '', '法治平安', 'Law and safety'),
  ('law.safe', 'law', '公共安全', 'Public safety'),
  ('law.enforce', 'law', '执法司法', 'Law enforcement'),
  ('other', '', '其他', 'Other'));

-- Clocks that matters run by, in working days.
CREATE TABLE deadline_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  days     INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX deadline_rule_name ON deadline_rule (name, from_on);
CREATE UNIQUE INDEX deadline_rule_order
  ON deadline_rule (position, name, from_on);
INSERT INTO deadline_rule VALUES
  (-1, 'first_response', '2000-01-01', '首次响应', 'First response', 2, 1),
  (-2, 'acceptance', '2000-01-01', '单位接收', 'Acceptance by the unit', 3, 2),
  (-3, 'completion', '2000-01-01', '办结', 'Completion', 15, 3),
  (-4, 'extension', '2000-01-01', '延期一次', 'One extension', 10, 4),
  (-5, 'feedback', '2000-01-01', '反馈群众', 'Telling the citizen', 3, 5),
  (-6, 'rating', '2000-01-01', '等待评价', 'Waiting for a rating', 7, 6),
  (-7, 'suggestion', '2000-01-01', '代表建议答复', 'Reply to a suggestion',
   66, 7);

-- Reasons that dialogs offer; people may always write their own.
CREATE TABLE reason_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  purpose  TEXT    NOT NULL CHECK (purpose IN ('leave', 'leave_refused',
             'cancel', 'reopen', 'correct', 'code', 'disable', 'strike')),
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  in_use   INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX reason_rule_name ON reason_rule (name, from_on);
CREATE UNIQUE INDEX reason_rule_order ON reason_rule (position, name, from_on);
INSERT INTO reason_rule
SELECT -row_number() OVER (), column1 || '.' || row_number() OVER (),
       '2000-01-01', column1, column2, column3, 1,
       100 * row_number() OVER () FROM (VALUES
  ('leave', '因公出差', 'Away on duty'),
  ('leave', '身体不适', 'Unwell'),
  ('leave', '与其他会议冲突', 'Another meeting at that time'),
  ('leave', '家庭事务', 'Family matters'),
  ('leave_refused', '代表人数不足', 'Too few deputies left'),
  ('cancel', '天气原因', 'Weather'),
  ('cancel', '时间调整', 'Moved to another time'),
  ('cancel', '参加人数不足', 'Too few take part'),
  ('reopen', '签到记录有误', 'The roll was wrong'),
  ('reopen', '补充会议记录', 'Minutes to be added'),
  ('correct', '未带手机,现场核实', 'No phone, seen on the spot'),
  ('correct', '误签', 'Signed in by mistake'),
  ('correct', '网络故障', 'Network failure'),
  ('code', '码已外传', 'The code was passed on'),
  ('code', '印刷品遗失', 'The print was lost'),
  ('disable', '调离岗位', 'Moved to another post'),
  ('disable', '退休', 'Retired'),
  ('disable', '任期届满', 'Term has ended'),
  ('strike', '录入有误', 'Entered wrongly'),
  ('strike', '重复登记', 'Entered twice'));

-- What differs from Monday to Friday: the State Council's yearly notice. A
-- row is its days; it is named by the first of them.
CREATE TABLE holiday_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  to_on    TEXT    NOT NULL,
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  sort     TEXT    NOT NULL CHECK (sort IN ('off', 'work')),
  position INTEGER NOT NULL,
  CHECK (to_on >= from_on)
) STRICT;
CREATE UNIQUE INDEX holiday_rule_name ON holiday_rule (name, from_on);
CREATE UNIQUE INDEX holiday_rule_order
  ON holiday_rule (position, name, from_on);
CREATE INDEX holiday_rule_to ON holiday_rule (to_on);
INSERT INTO holiday_rule
SELECT -row_number() OVER (), column1, column1, column2, column4, column5,
       column3, 0 FROM (VALUES
  ('2022-01-01', '2022-01-03', 'off', '元旦', 'New Year'),
  ('2022-01-29', '2022-01-30', 'work', '春节调休', 'for Spring Festival'),
  ('2022-01-31', '2022-02-06', 'off', '春节', 'Spring Festival'),
  ('2022-04-02', '2022-04-02', 'work', '清明调休', 'for Qingming'),
  ('2022-04-03', '2022-04-05', 'off', '清明节', 'Qingming'),
  ('2022-04-24', '2022-04-24', 'work', '劳动节调休', 'for Labour Day'),
  ('2022-04-30', '2022-05-04', 'off', '劳动节', 'Labour Day'),
  ('2022-05-07', '2022-05-07', 'work', '劳动节调休', 'for Labour Day'),
  ('2022-06-03', '2022-06-05', 'off', '端午节', 'Dragon Boat Festival'),
  ('2022-09-10', '2022-09-12', 'off', '中秋节', 'Mid-Autumn Festival'),
  ('2022-10-01', '2022-10-07', 'off', '国庆节', 'National Day'),
  ('2022-10-08', '2022-10-09', 'work', '国庆调休', 'for National Day'),
  ('2022-12-31', '2023-01-02', 'off', '元旦', 'New Year'),
  ('2023-01-21', '2023-01-27', 'off', '春节', 'Spring Festival'),
  ('2023-01-28', '2023-01-29', 'work', '春节调休', 'for Spring Festival'),
  ('2023-04-05', '2023-04-05', 'off', '清明节', 'Qingming'),
  ('2023-04-23', '2023-04-23', 'work', '劳动节调休', 'for Labour Day'),
  ('2023-04-29', '2023-05-03', 'off', '劳动节', 'Labour Day'),
  ('2023-05-06', '2023-05-06', 'work', '劳动节调休', 'for Labour Day'),
  ('2023-06-22', '2023-06-24', 'off', '端午节', 'Dragon Boat Festival'),
  ('2023-06-25', '2023-06-25', 'work', '端午调休', 'for Dragon Boat'),
  ('2023-09-29', '2023-10-06', 'off', '中秋节国庆节', 'Mid-Autumn, National'),
  ('2023-10-07', '2023-10-08', 'work', '国庆调休', 'for National Day'),
  ('2023-12-30', '2024-01-01', 'off', '元旦', 'New Year'),
  ('2024-02-04', '2024-02-04', 'work', '春节调休', 'for Spring Festival'),
  ('2024-02-10', '2024-02-17', 'off', '春节', 'Spring Festival'),
  ('2024-02-18', '2024-02-18', 'work', '春节调休', 'for Spring Festival'),
  ('2024-04-04', '2024-04-06', 'off', '清明节', 'Qingming'),
  ('2024-04-07', '2024-04-07', 'work', '清明调休', 'for Qingming'),
  ('2024-04-28', '2024-04-28', 'work', '劳动节调休', 'for Labour Day'),
  ('2024-05-01', '2024-05-05', 'off', '劳动节', 'Labour Day'),
  ('2024-05-11', '2024-05-11', 'work', '劳动节调休', 'for Labour Day'),
  ('2024-06-08', '2024-06-10', 'off', '端午节', 'Dragon Boat Festival'),
  ('2024-09-14', '2024-09-14', 'work', '中秋调休', 'for Mid-Autumn'),
  ('2024-09-15', '2024-09-17', 'off', '中秋节', 'Mid-Autumn Festival'),
  ('2024-09-29', '2024-09-29', 'work', '国庆调休', 'for National Day'),
  ('2024-10-01', '2024-10-07', 'off', '国庆节', 'National Day'),
  ('2024-10-12', '2024-10-12', 'work', '国庆调休', 'for National Day'),
  ('2025-01-01', '2025-01-01', 'off', '元旦', 'New Year'),
  ('2025-01-26', '2025-01-26', 'work', '春节调休', 'for Spring Festival'),
  ('2025-01-28', '2025-02-04', 'off', '春节', 'Spring Festival'),
  ('2025-02-08', '2025-02-08', 'work', '春节调休', 'for Spring Festival'),
  ('2025-04-04', '2025-04-06', 'off', '清明节', 'Qingming'),
  ('2025-04-27', '2025-04-27', 'work', '劳动节调休', 'for Labour Day'),
  ('2025-05-01', '2025-05-05', 'off', '劳动节', 'Labour Day'),
  ('2025-05-31', '2025-06-02', 'off', '端午节', 'Dragon Boat Festival'),
  ('2025-09-28', '2025-09-28', 'work', '国庆调休', 'for National Day'),
  ('2025-10-01', '2025-10-08', 'off', '国庆节中秋节', 'National, Mid-Autumn'),
  ('2025-10-11', '2025-10-11', 'work', '国庆调休', 'for National Day'),
  ('2026-01-01', '2026-01-03', 'off', '元旦', 'New Year'),
  ('2026-01-04', '2026-01-04', 'work', '元旦调休', 'for New Year'),
  ('2026-02-14', '2026-02-14', 'work', '春节调休', 'for Spring Festival'),
  ('2026-02-15', '2026-02-23', 'off', '春节', 'Spring Festival'),
  ('2026-02-28', '2026-02-28', 'work', '春节调休', 'for Spring Festival'),
  ('2026-04-04', '2026-04-06', 'off', '清明节', 'Qingming'),
  ('2026-05-01', '2026-05-05', 'off', '劳动节', 'Labour Day'),
  ('2026-05-09', '2026-05-09', 'work', '劳动节调休', 'for Labour Day'),
  ('2026-06-19', '2026-06-21', 'off', '端午节', 'Dragon Boat Festival'),
  ('2026-09-20', '2026-09-20', 'work', '国庆调休', 'for National Day'),
  ('2026-09-25', '2026-09-27', 'off', '中秋节', 'Mid-Autumn Festival'),
  ('2026-10-01', '2026-10-07', 'off', '国庆节', 'National Day'),
  ('2026-10-10', '2026-10-10', 'work', '国庆调休', 'for National Day'));

-- Texts to begin from, by what they are for.
CREATE TABLE template_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  purpose  TEXT    NOT NULL CHECK (purpose IN ('agenda', 'minutes', 'notice',
             'reply')),
  label    TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  in_use   INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX template_rule_name ON template_rule (name, from_on);
CREATE UNIQUE INDEX template_rule_order
  ON template_rule (position, name, from_on);
INSERT INTO template_rule VALUES
  (-1, 'agenda.inspect', '2000-01-01', 'agenda', '视察议程',
   '一、听取情况介绍' || char(10) || '二、实地视察' || char(10) ||
   '三、座谈交流,提出意见', 1, 100),
  (-2, 'minutes.reception', '2000-01-01', 'minutes', '接待记录',
   '接待代表:' || char(10) || '来访群众:' || char(10) || '反映问题:' ||
   char(10) || '当场答复:' || char(10) || '交办事项:', 1, 200),
  (-3, 'notice.activity', '2000-01-01', 'notice', '活动通知',
   '请各位代表准时参加,不能参加的请提前请假。', 1, 300),
  (-4, 'reply.received', '2000-01-01', 'reply', '受理告知',
   '您反映的问题已收到,我们将尽快核实并答复。', 1, 400),
  (-5, 'reply.done', '2000-01-01', 'reply', '办结答复',
   '您反映的问题已办结,请您评价。', 1, 500);

-- Limits of the whole site. db/setting.c says what each is.
CREATE TABLE setting_rule (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  value    TEXT    NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX setting_rule_name ON setting_rule (name, from_on);
CREATE UNIQUE INDEX setting_rule_order
  ON setting_rule (position, name, from_on);
INSERT INTO setting_rule
SELECT -row_number() OVER (ORDER BY name), name, '2000-01-01', value, 0
  FROM setting;
DROP TABLE setting;
-- What holds today; a migration adds a setting by inserting into it.
CREATE VIEW setting AS
SELECT r.name, r.value FROM setting_rule AS r
 WHERE r.from_on = (SELECT max(s.from_on) FROM setting_rule AS s
                     WHERE s.name = r.name AND s.from_on <= site_today());
CREATE TRIGGER setting_add INSTEAD OF INSERT ON setting
BEGIN
  INSERT INTO setting_rule VALUES
    ((SELECT min(id) - 1 FROM setting_rule), new.name, '2000-01-01',
     new.value, 0);
END;
INSERT INTO setting VALUES
  ('password.length', '8');                    -- characters, at least

INSERT INTO role_perm VALUES
  ('admin', 'rule.read'), ('admin', 'rule.write'), ('admin', 'setting.write'),
  ('auditor', 'rule.read'),
  ('county_staff', 'rule.read'), ('county_staff', 'rule.write'),
  ('county_staff', 'points.write'),
  ('unit_staff', 'rule.read'), ('station_head', 'rule.read'),
  ('vice_head', 'rule.read'), ('officer', 'rule.read'),
  ('deputy', 'rule.read'), ('leader', 'rule.read');
