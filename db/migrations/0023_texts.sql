-- Texts to begin from, by the step they are for and, if they say so, by the
-- category of the matter; and the reasons for refusing and discarding one.

CREATE TABLE template_new (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  purpose  TEXT    NOT NULL CHECK (purpose IN ('agenda', 'minutes', 'notice',
             'reply', 'answer', 'tell', 'refuse', 'progress', 'return',
             'supervise')),
  category TEXT    NOT NULL DEFAULT '',        -- and below it; '' any
  label    TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  in_use   INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
INSERT INTO template_new
SELECT id, name, from_on, CASE id WHEN -4 THEN 'progress' WHEN -5 THEN 'tell'
       ELSE purpose END, '', label, text, in_use, position FROM template_rule;
DROP TABLE template_rule;
ALTER TABLE template_new RENAME TO template_rule;
CREATE UNIQUE INDEX template_rule_name ON template_rule (name, from_on);
CREATE UNIQUE INDEX template_rule_order
  ON template_rule (position, name, from_on);
INSERT INTO template_rule
SELECT -5 - row_number() OVER (), column1 || '.' || row_number() OVER (),
       '2000-01-01', column1, column2, column3, column4, 1,
       500 + 100 * row_number() OVER () FROM (VALUES
  ('answer', '', '当场办结',
   '您反映的____,我们已到现场核实,情况属实,已于__月__日处理完毕。感谢您的关心和监督。'),
  ('answer', '', '政策解释',
   '您反映的____,依据____的规定,____。如您仍有疑问,可到联络站,我们当面为您解释。'),
  ('answer', 'build.municipal.light', '路灯维修',
   '您反映的____路灯不亮,经现场查看,原因是____。维修人员已于__月__日修好,当晚试灯正常。'),
  ('answer', 'green.noise', '噪音处理',
   '您反映的____噪音扰民,我们已到现场核实,____已承诺__点以后不再施工(营业)。如再有扰民,请随时告诉我们。'),
  ('tell', '', '已解决',
   '您好,您反映的____已由____办理:____。请您对结果作出评价,不满意的请说明原因,我们再次交办。'),
  ('tell', '', '列入计划',
   '您好,您反映的____需要时间解决,____已列入__年计划,预计__月完成。我们会继续跟踪,有进展再告诉您。'),
  ('tell', '', '解释说明',
   '您好,您反映的____,经____核实:____。因____暂时不能办理,请您理解。'),
  ('refuse', '', '信访事项',
   '您反映的____属于信访事项,请到市信访局反映,信访局会在规定时间内书面答复您。'),
  ('refuse', '', '诉讼仲裁',
   '您反映的____已进入(应当通过)诉讼或仲裁程序,代表不直接处理具体案件,请依法向法院或仲裁机构提出。'),
  ('refuse', '', '个人纠纷',
   '您反映的____属于个人之间的纠纷,建议先向村(社区)人民调解委员会申请调解,调解不成的可以依法起诉。'),
  ('refuse', '', '热线办理',
   '您反映的____由12345热线统一受理,请拨打12345,也可以由联络站代您登记。'),
  ('reply', '', '已办结',
   '经核实,____。我单位已于__月__日____,问题已解决。经办人:____。'),
  ('reply', '', '列入计划',
   '经核实,____。因____,现列入__年计划,__月底前完成;在此之前采取____的临时措施。'),
  ('reply', '', '不能办理',
   '经核实,____。依据____,该事项不能办理,理由是:____。我单位已向群众说明。'),
  ('reply', 'traffic.road', '道路养护',
   '经现场查看,____路面____(破损、积水),已列入养护计划,__月__日开工,__月__日前修好,其间已设警示标志。'),
  ('progress', '', '办理进展',
   '已于__月__日到现场查看,____。下一步:____,预计__月__日完成。'),
  ('return', '', '不属本单位',
   '该事项不属于我单位职责,依据____应由____办理,请重新交办。'),
  ('supervise', '', '督办结果',
   '经联络站与____到现场督办,____。现重新答复如下:____。'));

CREATE TABLE reason_new (
  id       INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL,
  from_on  TEXT    NOT NULL,
  purpose  TEXT    NOT NULL CHECK (purpose IN ('leave', 'leave_refused',
             'cancel', 'reopen', 'correct', 'code', 'disable', 'strike',
             'refuse', 'discard', 'end')),
  label    TEXT    NOT NULL,
  label_en TEXT    NOT NULL,
  in_use   INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
INSERT INTO reason_new SELECT * FROM reason_rule;
DROP TABLE reason_rule;
ALTER TABLE reason_new RENAME TO reason_rule;
CREATE UNIQUE INDEX reason_rule_name ON reason_rule (name, from_on);
CREATE UNIQUE INDEX reason_rule_order ON reason_rule (position, name, from_on);
-- Whoever is refused is told where to go.
INSERT INTO reason_rule
SELECT (SELECT min(id) FROM reason_rule) - row_number() OVER (),
       column1 || '.' || row_number() OVER (), '2000-01-01', column1, column2,
       column3, 1, (SELECT max(position) FROM reason_rule)
       + 100 * row_number() OVER () FROM (VALUES
  ('refuse', '信访事项,请到信访局', 'Go to the petitions office'),
  ('refuse', '诉讼事项,请到法院', 'A case for the court'),
  ('refuse', '仲裁事项,请到仲裁机构', 'A case for arbitration'),
  ('refuse', '热线受理,请拨12345', 'Call the 12345 hotline'),
  ('refuse', '个人纠纷,请找人民调解', 'A private dispute: mediation'),
  ('refuse', '紧急警情,请拨110', 'An emergency: call 110'),
  ('refuse', '不属本地管辖', 'Not of this county'),
  ('discard', '重复提交', 'Sent twice'),
  ('discard', '内容不明,无法核实', 'Unclear, cannot be checked'),
  ('discard', '广告信息', 'Advertising'),
  ('discard', '辱骂攻击', 'Abuse'),
  ('end', '已依法依规办理到位', 'All that the rules allow was done'),
  ('end', '诉求超出政策规定', 'More than policy allows'));
