/*
 * The words of the demo: places, names, titles. The people are made up from
 * common surnames and given names; none is meant.
 */
#include <string.h>

#include "db/demo_in.h"

/* clang-format off */
const struct demo_place demo_places[DEMO_UNITS] = {
	{"许村镇", "town", 98, 9, {"永福村", "景树村", "花园村", "科同村", "龙渡村", "前进村", "塘桥村", "许巷社区"}},
	{"长安镇", "town", 104, 9, {"兴福村", "虹金村", "天明村", "青年村", "褚石村", "大洋社区", "修川社区", "海宁路社区"}},
	{"周王庙镇", "town", 78, 9, {"荆山村", "博儒桥村", "云龙村", "桑梓村", "胡斗村", "星火村", "联民村", "石井社区"}},
	{"盐官镇", "town", 94, 9, {"桃园村", "群益村", "杏花村", "祝会村", "联群村", "联农村", "丰士村", "城南社区"}},
	{"斜桥镇", "town", 90, 9, {"祝场村", "三联村", "华丰村", "光明村", "庆云村", "云星村", "斜桥村", "榨菜路社区"}},
	{"丁桥镇", "town", 86, 8, {"梁家墩村", "利群村", "芦湾村", "海潮村", "万星村", "民利村", "诸桥村", "新仓村"}},
	{"袁花镇", "town", 92, 9, {"双丰村", "红新村", "新袁村", "夹山村", "濮桥村", "彭墩村", "龙联村", "镇东村"}},
	{"黄湾镇", "town", 76, 8, {"尖山村", "大临村", "钱江村", "黄山村", "五丰村", "黄湾村", "闻澜社区", "安澜社区"}},
	{"硖石街道", "subdistrict", 44, 7, {"南苑社区", "梅园社区", "西山社区", "联合社区", "军民社区", "高阳社区", "赵家漾社区", "荆山里社区"}},
	{"海洲街道", "subdistrict", 40, 8, {"伊桥社区", "双凤社区", "新庄社区", "东长社区", "百合社区", "隆兴社区", "金龙社区", "新海社区"}},
	{"海昌街道", "subdistrict", 38, 7, {"双山社区", "洛隆社区", "火炬社区", "横塘社区", "硖东村", "双冯村", "迎丰社区", "金利社区"}},
	{"马桥街道", "subdistrict", 32, 8, {"柏士村", "新塘村", "亭溪村", "先锋村", "利众村", "正阳社区", "马桥社区", "红旗社区"}},
};

static const char surnames[][8] = {
	"沈", "张", "王", "陈", "朱", "徐", "陆", "吴", "李", "周", "许", "金", "俞", "杨", "钱", "姚",
	"顾", "马", "孙", "曹", "潘", "褚", "祝", "董", "章", "高", "郭", "蒋", "冯", "封", "宋", "蔡",
	"贾", "方", "葛", "戴", "夏", "查", "虞", "应", "汪", "邵", "费", "殷", "吕", "胡", "赵", "羊",
};
static const char given[][8] = {
	"国", "建", "明", "华", "强", "伟", "芳", "丽", "敏", "静", "军", "平", "英", "萍", "燕", "峰",
	"杰", "娟", "勇", "艳", "涛", "斌", "红", "云", "琴", "凤", "良", "林", "海", "祥", "荣", "根",
	"宝", "玉", "秀", "惠", "晓", "雅", "婷", "佳", "文", "学", "志", "永", "新", "春", "松", "新",
	"雪", "梅", "康", "飞", "波", "利", "益", "忠", "庆", "法", "炳", "月", "仙", "彩", "珍", "珠",
};
static const char *const jobs[] = {
	"村党总支书记", "村委会主任", "社区居委会主任", "小学教师", "卫生院医生", "企业车间主任",
	"皮革企业经理", "家庭农场主", "供电所职工", "水利站干部", "律师", "经编企业技术员", "个体工商户",
	"中学副校长", "农技员", "社区网格员", "银行支行行长", "合作社理事长", "公司董事长", "退休干部",
};

static const struct titles {
	const char *kind;
	const char *text[8]; /* %s is the village */
} titles[] = {
	{"check", {"安全生产专项检查", "%s食品安全检查", "五水共治专项检查", "%s消防安全检查", "疫情防控专项检查", "校园周边环境检查", "%s出租房安全检查", "河长制落实情况检查"}},
	{"inspect", {"%s美丽乡村建设视察", "民生实事项目视察", "%s污水治理视察", "五水共治回头看", "重点工程建设视察", "%s养老服务视察", "农贸市场改造视察", "垃圾分类工作视察"}},
	{"survey", {"%s老旧小区改造调研", "乡村振兴专题调研", "%s土地流转调研", "营商环境调研", "医疗卫生服务调研", "%s停车难问题调研", "义务教育均衡调研", "数字乡村建设调研"}},
	{"reception", {"代表接待日", "%s选民接待日", "代表联络站接待活动", "%s民情恳谈", "代表接待选民", "夜间代表接待", "%s板凳座谈", "企业服务接待日"}},
	{"visit", {"%s走访选民", "困难家庭走访", "%s垃圾分类入户走访", "企业走访", "重阳节走访老人", "%s防汛隐患走访", "春节慰问走访", "外来务工人员走访"}},
	{"talk", {"%s老旧小区改造座谈", "民生实事项目征集座谈", "法规草案征求意见座谈", "%s村民代表座谈", "企业负责人座谈", "代表小组座谈", "优化营商环境座谈", "平安建设座谈"}},
	{"service", {"%s志愿服务", "代表普法服务", "农技下乡服务", "%s义诊服务", "文明交通劝导", "%s环境整治服务", "反诈宣传服务", "护潮安全服务"}},
	{"study", {"代表履职培训", "代表法学习", "全过程人民民主专题学习", "代表小组集中学习", "预算审查知识学习", "代表读书会", "优秀代表经验交流", "浙江省法规学习"}},
	{"meeting", {"代表小组会议", "半年度政情通报会", "代表联络站工作例会", "代表建议办理推进会", "重点工作通报会", "联络站年度工作会", "专题询问预备会", "代表述职评议会"}},
};
/* clang-format on */

const char demo_agenda[] = "集合;实地查看;听取情况介绍;座谈交流,收集意见。";

/* splitmix64: small, and the same everywhere. */
unsigned
demo_roll(uint64_t *dice, unsigned n)
{
	uint64_t z = *dice += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return (unsigned)((z >> 32) * n >> 32);
}

bool
demo_once_in(uint64_t *dice, unsigned n)
{
	return demo_roll(dice, n) == 0;
}

/* Early surnames are the more common ones: the smaller of two rolls. */
const char *
demo_name(struct arena *a, uint64_t *dice)
{
	unsigned x = demo_roll(dice, COUNT(surnames));
	unsigned y = demo_roll(dice, COUNT(surnames));
	const char *first = given[demo_roll(dice, COUNT(given))];
	const char *second = given[demo_roll(dice, COUNT(given))];

	return arena_printf(a, "%s%s%s", surnames[x < y ? x : y], first,
	                    demo_once_in(dice, 4) ? "" : second);
}

const char *
demo_job(uint64_t *dice)
{
	return jobs[demo_roll(dice, COUNT(jobs))];
}

const char *
demo_title(struct arena *a, uint64_t *dice, const char *kind,
           const char *village)
{
	const struct titles *t = titles;
	const char *text, *mark;

	while (strcmp(t->kind, kind) != 0)
		t++;
	text = t->text[demo_roll(dice, COUNT(t->text))];
	mark = strstr(text, "%s");
	if (mark == NULL)
		return text;
	return arena_printf(a, "%.*s%s%s", (int)(mark - text), text, village,
	                    mark + 2);
}
