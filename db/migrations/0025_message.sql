-- Messages of citizens from their telephones: words that have a message held,
-- and how many one source may leave in an hour.
INSERT INTO setting VALUES
  ('message.words', '赌博 博彩 代开发票 加微信 办证 裸聊 贷款秒批'),
  ('message.per_hour', '5');
