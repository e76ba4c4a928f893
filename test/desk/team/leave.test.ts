import { describe, expect, it } from "vitest";
import { mayDoAtDesk } from "../../../src/desk/orders/entitlement.ts";
import { deputyIn, leaveDaysIn } from "../../../src/desk/team/leave-words.ts";
import { type Leave, toLeaveLine } from "../../../src/station/leave.ts";
import type { Person } from "../../../src/station/station.ts";
import { given, isCommand, isItem, NOW, quoteOf, said, station } from "../scene-given.ts";

const TODAY = "2026-12-07";
const helper = "sun.san";
const alone = { by: helper, chat: null };
const h02 = station.personById("h02") as Person;
const own = [given("017", ["matched", "accepted"]), given("018", ["matched"])];
const away = (person: string, leave: Partial<Leave>) => new Map([[person, { away: [], back: [], ...leave }]]);
const onLeave = away("h02", { away: [{ from: "2026-12-07", to: "2026-12-09", deputy: "h03" }] });

describe("the days of a leave", () => {
  it.each([
    ["12月10日到15日 由 帮办员辛 代", "2026-12-10", "2026-12-15"],
    ["明天", "2026-12-08", "2026-12-08"],
    ["我明天请假一天，单子给小辛", "2026-12-08", "2026-12-08"],
    ["下周一到周三我休年假", "2026-12-14", "2026-12-16"],
    ["从明天起我公休五天", "2026-12-08", "2026-12-12"],
    ["请三天假", "2026-12-07", "2026-12-09"],
    ["出差到周四，手机能通", "2026-12-07", "2026-12-10"],
    ["今天下午请事假两小时", "2026-12-07", "2026-12-07"],
    ["身体不舒服请半天", "2026-12-07", "2026-12-07"],
    ["家里有事下午不在，麻烦派给别人", "2026-12-07", "2026-12-07"],
    ["去党校培训两周", "2026-12-07", "2026-12-20"],
  ])("%s", (text, from, to) => expect(leaveDaysIn(text, TODAY)).toMatchObject({ from, to }));
  it.each(["", "由 帮办员辛 代", "这阵子", "12月10日起"])("cannot be made out of “%s”", (text) => {
    expect(leaveDaysIn(text, TODAY)).toBeNull();
  });
});

describe("the deputy", () => {
  it.each([
    ["请假 明天 由 帮办员辛 代", "h03"],
    ["请假 明天 由h03代", "h03"],
    ["我明天请假，单子给小辛", "h03"],
    ["明天休假，老庚代我", "h01"],
    ["明天请假，代班人小辛", "h03"],
  ])("%s", (text, id) => expect(deputyIn(station, h02, text)).toMatchObject({ kind: "one", person: { id } }));
  it.each(["请假 明天", "家里有事，麻烦派给别人", "我明天请假一天"])("is not named by %s", (text) => {
    expect(deputyIn(station, h02, text).kind).toBe("nobody");
  });
  it.each(["请假 明天 由 张无忌 代", "请假 明天 由 帮办员 代", "请假 明天 由 领导丁 代"])(
    "is nobody whom one knows: %s",
    (text) => {
      expect(deputyIn(station, h02, text).kind).toBe("unknown");
    },
  );
});

describe("请假", () => {
  it("is kept, told to chief and deputy, with what is open", () => {
    const { answer, told, decision, events } = said("请假 12月8日到10日 由 帮办员辛 代", {
      ...alone,
      overview: { own },
    });
    expect(answer).toBe(
      "已登记请假：帮办员丙，12月8日（周二）至12月10日（周四）\n期间由帮办员辛代办，已告知\n您名下未办结的 2 件已列给帮办员辛\n提前回来请@小帮手 回复：销假",
    );
    expect(decision.leave).toEqual({
      person: "h02",
      before: "",
      after: toLeaveLine({ away: [{ from: "2026-12-08", to: "2026-12-10", deputy: "h03" }], back: [] }),
    });
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h03*"]);
    expect(told[0]?.text).toContain(
      "【请假】帮办员丙　12月8日（周二）至12月10日（周四）\n由帮办员辛代办　名下未办结 2 件",
    );
    expect(told[1]?.text).toContain("#1207-017 活动场地协调　恒通汽配\n#1207-018 活动场地协调　恒通汽配 待接单");
    expect(decision.lines[2]).toMatchObject({ about: "20261207-017", also: ["20261207-018"] });
    expect(events).toEqual([]);
  });
  it("without a deputy says who takes what comes", () => {
    const { answer, told } = said("请假 明天", alone);
    expect(answer).toContain("未写明代办人，期间新诉求由帮办员辛承办");
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
  });
  it("without a deputy lists what is open to whoever is here, who may work on it and hears of it", () => {
    const { answer, told } = said("请假 今天", { ...alone, overview: { own } });
    expect(answer).toContain("您名下未办结的 2 件已列给帮办员辛");
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h03*"]);
    const [accepted] = own;
    const leaves = away("h02", { away: [{ from: TODAY, to: TODAY, deputy: null }] });
    const case017 = { tickets: accepted ? [accepted] : [], quote: quoteOf("017"), leaves };
    expect(said("催办", case017).told.map(({ to }) => to)).toEqual(["h03"]);
    expect(said("进展 在联系", { ...case017, by: "wang.ba" }).events).toEqual(["noted"]);
    expect(said("进展 在联系", { ...case017, by: "zheng.qi" }).answer).toContain("由承办人");
  });
  it("of a part of a day is a day, and says so", () => {
    expect(said("请假 今天下午", alone).answer).toContain("12月7日（周一）（按整天登记）");
  });
  it("is said in free words too, and the chief's own is told to nobody above", () => {
    const means = { 我明天不在: isCommand("leave") };
    expect(said("我明天不在", { ...alone, means }).answer).toContain("已登记请假：帮办员丙，12月8日");
    expect(said("请假 明天 由 帮办员庚 代", { by: "zhao.yi", chat: null }).told.map(({ to }) => to)).toEqual(["h01*"]);
  });
  it("keeps what was said before it", () => {
    const earlier = away("h02", { away: [{ from: "2026-12-20", to: "2026-12-21", deputy: null }] });
    const { decision } = said("请假 明天", { ...alone, leaves: earlier });
    expect(decision.leave?.before).not.toBe("");
    expect(JSON.parse(decision.leave?.after ?? "{}")).toMatchObject({
      away: [{ from: "2026-12-20" }, { from: "2026-12-08" }],
    });
  });
  it.each([
    ["请假", "请写明起止日期"],
    ["请假 由 帮办员辛 代", "请写明起止日期"],
    ["请假 昨天", "请写明起止日期"],
    ["请假 2026年12月8日到2028年1月1日", "不能超过一年"],
    ["请假 12月8日 由 张无忌 代", "没有查到代办人“张无忌”，未登记。可代办的同志：首席帮办员甲、"],
    ["请假 12月8日 由 帮办员丙 代", "不能由本人代办"],
    ["请假 12月8日 由 帮办员庚 代", "帮办员庚已登记请假：12月8日（周二），不能代办"],
    ["请假 12月21日", "您已登记请假：12月20日（周日）至12月21日（周一），日期有重叠"],
  ])("%s is refused in words", (text, words) => {
    const leaves = new Map([
      ...away("h02", { away: [{ from: "2026-12-20", to: "2026-12-21", deputy: null }] }),
      ...away("h01", { away: [{ from: "2026-12-08", to: "2026-12-08", deputy: null }] }),
    ]);
    const { answer, decision } = said(text, { ...alone, leaves });
    expect(answer).toContain(words);
    expect(decision.leave).toBeNull();
  });
  it("is the team's: a leader and a company hear so, and a clerk's words are a clerk's", () => {
    expect(said("请假 明天", { by: "li.si", chat: null }).answer).toContain("“请假”须由服务站的帮办员");
    expect(said("请假").answer).toContain("“请假”须由服务站的帮办员");
    expect(said("我明天请假", { means: { 我明天请假: isCommand("leave") } }).answer).toBe("");
  });
});

describe("销假", () => {
  it("ends the leave that is on; chief and deputy hear so", () => {
    const { answer, told, decision } = said("销假", { ...alone, leaves: onLeave });
    expect(answer).toContain("已销假，今日起恢复派单（原请假 12月7日（周一）至12月9日（周三））");
    expect(told.map(({ to }) => to)).toEqual(["chief*", "h03*"]);
    expect(JSON.parse(decision.leave?.after ?? "{}")).toEqual({ away: [], back: [TODAY] });
  });
  it("keeps the days that were taken", () => {
    const { decision } = said("销假", {
      ...alone,
      leaves: away("h02", { away: [{ from: "2026-12-06", to: "2026-12-09", deputy: null }] }),
    });
    expect(JSON.parse(decision.leave?.after ?? "{}").away).toEqual([
      { from: "2026-12-06", to: "2026-12-06", deputy: null },
    ]);
  });
  it("cancels one that has not begun, or is in the file", () => {
    const later = away("h02", { away: [{ from: "2026-12-20", to: "2026-12-21", deputy: null }] });
    expect(said("销假", { ...alone, leaves: later }).answer).toBe("已取消请假：12月20日（周日）至12月21日（周一）");
    const during = NOW - 4 * 86_400_000;
    const { decision, answer } = said("销假", { ...alone, now: during });
    expect(answer).toContain("原请假 12月1日（周二）至12月5日（周六）");
    expect(decision.leave?.after).toBe(toLeaveLine({ away: [], back: ["2026-12-03"] }));
    expect(said("销假", { ...alone, now: during, leaves: away("h02", { back: ["2026-12-03"] }) }).answer).toContain(
      "没有登记请假",
    );
  });
  it("without a leave says so", () => expect(said("我回来了", alone).answer).toBe("您没有登记请假，无需销假"));
});

describe("whose leave it is", () => {
  const chief = { by: "zhao.yi", chat: null };
  const free = (text: string) => ({ [text]: isCommand("leave") });

  it.each([
    "帮办员丙请假三天，由帮办员辛代",
    "请假 帮办员丙 三天 由 帮办员辛 代",
    "帮帮办员丙登记请假三天，帮办员辛代班",
    "小丙明天起请假三天，由小辛代",
  ])("is the colleague's whom the chief names: %s", (text) => {
    const { answer, told, decision } = said(text, { ...chief, means: free(text), overview: { own } });
    expect(decision.leave?.person).toBe("h02");
    expect(answer).toContain("已登记请假：帮办员丙，12月");
    expect(answer).toContain("帮办员丙名下未办结的 2 件已列给帮办员辛\n已告知帮办员丙");
    expect(told.map(({ to }) => to)).toEqual(["h02*", "h03*"]);
    expect(told[0]?.text).toContain("【请假】首席帮办员甲已为您登记请假：12月");
    expect(told[0]?.text).toContain("期间由帮办员辛代办。如有不符请@小帮手 回复：销假");
  });
  it("may be told by a leader, and then the chief hears of it", () => {
    const text = "帮办员丙明天请假";
    const { decision, told } = said(text, { by: "li.si", chat: null, means: free(text) });
    expect(decision.leave?.person).toBe("h02");
    expect(told.map(({ to }) => to)).toEqual(["h02*", "chief*"]);
  });
  it("is refused to anybody else, who hears who may", () => {
    const text = "帮办员辛请假三天，由我代";
    const { answer, decision } = said(text, { ...alone, means: free(text) });
    expect(answer).toBe("帮办员辛的请假由本人、首席帮办员或领导登记，本次未登记");
    expect(decision.leave).toBeNull();
  });
  it("of two, or of a calling that fits two, is asked for anew", () => {
    for (const text of ["帮办员丙和帮办员辛请假三天", "帮办员丙、帮办员辛明天请假"]) {
      const { answer, decision } = said(text, { ...chief, means: free(text) });
      expect(answer).toContain("请每次写一位同志的全名");
      expect(decision.leave).toBeNull();
    }
  });
  it("is the speaker's where the name is the deputy's", () => {
    for (const text of ["请假 明天 帮办员辛", "请假 明天，帮办员辛帮我代", "请假 明天 由 帮办员辛 代"]) {
      const { decision } = said(text, alone);
      expect(decision.leave).toMatchObject({ person: "h02", after: expect.stringContaining('"h03"') });
    }
  });
  it("who is away may be stood in for by whoever says so", () => {
    const text = "帮办员丙请假三天，由我代";
    const { decision } = said(text, { ...chief, means: free(text) });
    expect(decision.leave).toMatchObject({ person: "h02", after: expect.stringContaining('"chief"') });
  });
  it("ends for the colleague who is named, and for nobody by somebody else's word", () => {
    const text = "帮办员丙回来了";
    const means = { [text]: isCommand("back") };
    const { answer, told, decision } = said(text, { ...chief, means, leaves: onLeave });
    expect(answer).toContain("已为帮办员丙销假，今日起恢复派单");
    expect(decision.leave?.person).toBe("h02");
    expect(told.map(({ to }) => to)).toEqual(["h03*", "h02*"]);
    expect(said(text, { by: "wang.ba", chat: null, means, leaves: onLeave }).decision.leave).toBeNull();
  });
});

describe("free words about being away", () => {
  it.each([
    ["病了，这周都来不了，活儿给帮办员辛", "12月7日（周一）至12月13日（周日），由帮办员辛代办"],
    ["帮办员辛帮我代一下明天的班", "12月8日（周二），由帮办员辛代办"],
    ["孩子发烧，今明两天来不了", "12月7日（周一）至12月8日（周二）"],
    ["明天我去医院，帮办员辛顶一下班", "12月8日（周二），由帮办员辛代办"],
  ])("%s: are asked about, and put down by a yes", (text, shown) => {
    const { answer, decision, asks } = said(text, alone);
    expect(answer).toBe(`请问需要登记请假吗？${shown}\n请引用本条并@小帮手 回复：1 登记　0 不用`);
    expect(decision.leave).toBeNull();
    expect(asks).toEqual(["leave"]);
    const ask = { kind: "leave", text } as const;
    expect(said("1", { ...alone, ask }).decision.leave?.person).toBe("h02");
    expect(said("不用", { ...alone, ask }).answer).toBe("好的，未登记请假");
    expect(said("谢谢大家", { ...alone, ask }).answer).toBe("");
  });
  it("without a day ask for the days, and of a colleague are the chief's to tell", () => {
    expect(said("病了，活儿给帮办员辛", alone).answer).toContain("请写明起止日期");
    const text = "帮办员丙病了，今天来不了";
    expect(said(text, { by: "zhao.yi", chat: null }).answer).toContain("请问需要登记请假吗？帮办员丙，12月7日");
    expect(said(text, { by: "wang.ba", chat: null }).answer).toBe("");
  });
  it.each(["企业书记明天来不了", "明天谁请假", "材料明天给帮办员辛", "小区明天停水", "大家明天辛苦了"])(
    "%s: are none",
    (text) => expect(said(text, alone).asks).not.toContain("leave"),
  );
});

describe("a leave that is misread by nobody", () => {
  const later = away("h02", {
    away: [
      { from: "2026-12-09", to: "2026-12-10", deputy: null },
      { from: "2026-12-20", to: "2026-12-24", deputy: null },
    ],
  });
  it("is refused with its end before its beginning", () => {
    for (const text of ["请假 12月9日到8日", "请假 12月9日至12月8日 由 帮办员辛 代", "请假 周五到周三"]) {
      const { answer, decision } = said(text, alone);
      expect(answer).toBe("起止日期前后颠倒，未登记。请核对后@小帮手 回复：请假 12月1日到5日 由 姓名 代");
      expect(decision.leave).toBeNull();
    }
  });
  it("is taken back by the day that is named", () => {
    expect(said("销假 12月20日", { ...alone, leaves: later }).answer).toBe(
      "已取消请假：12月20日（周日）至12月24日（周四）",
    );
    const { answer, decision } = said("销假 12月15日", { ...alone, leaves: later });
    expect(answer).toBe(
      "您没有登记12月15日（周二）的请假，未作变更。已登记：12月9日（周三）至12月10日（周四）；12月20日（周日）至12月24日（周四）。如需取消，请@小帮手 回复：销假 12月9日",
    );
    expect(decision.leave).toBeNull();
  });
  it("that has not begun stays where somebody is merely back, or two could be meant", () => {
    const text = "我回来上班了";
    const means = { [text]: isCommand("back") };
    for (const words of [text, "我回来了", "销假"]) {
      const { answer, decision } = said(words, { ...alone, means, leaves: later });
      expect(answer).toContain("您今日没有请假，未作变更。已登记：12月9日");
      expect(decision.leave).toBeNull();
    }
  });
  it("that overlaps another says how that one is cancelled", () => {
    expect(said("请假 12月21日", { ...alone, leaves: later }).answer).toContain("请先@小帮手 回复：销假 12月20日");
  });
});

describe("while somebody is away", () => {
  const means = { 借会议室: isItem("venue") };
  it("requests go to the other helper; with nobody else here to the deputy, and the story tells why", () => {
    expect(said("借会议室", { means, leaves: onLeave }).ticket?.owner).toBe("h03");
    const both = new Map([...onLeave, ...away("h03", { away: [{ from: TODAY, to: TODAY, deputy: "org" }] })]);
    const { ticket, decision } = said("借会议室", { means, leaves: both });
    expect(ticket?.owner).toBe("org");
    expect(decision.changes[0]?.events[1]).toMatchObject({
      event: "matched",
      why: expect.stringContaining("请假，由特邀帮办员乙代办"),
    });
  });
  it("the deputy, and the deputy's deputy, may work on their tickets, and are told instead of them", () => {
    const [accepted] = own;
    const case017 = { tickets: accepted ? [accepted] : [], quote: quoteOf("017") };
    expect(said("办结 三楼会议室", { ...case017, by: "wang.ba", leaves: onLeave }).ticket?.state).toBe("resolved");
    const both = new Map([...onLeave, ...away("h03", { away: [{ from: TODAY, to: TODAY, deputy: "h01" }] })]);
    expect(said("办结 三楼会议室", { ...case017, by: "zheng.qi", leaves: both }).ticket?.state).toBe("resolved");
    expect(said("催办", { ...case017, leaves: onLeave }).told.map(({ to }) => to)).toEqual(["h03"]);
    expect(said("催办", { ...case017, leaves: both }).told.map(({ to }) => to)).toEqual(["h01"]);
    expect(said("催办", case017).told.map(({ to }) => to)).toEqual(["h02"]);
  });
  it("whoever asks hears who is there", () => {
    const resolved = given("017", ["matched", "accepted", "resolved"]);
    const about = { quote: quoteOf("017"), leaves: onLeave };
    expect(said("未解决", { ...about, tickets: [resolved] }).answer).toContain("已请帮办员辛（代帮办员丙）继续办理");
    expect(said("催办", { ...about, tickets: own.slice(0, 1) }).answer).toContain("已提醒帮办员辛（代帮办员丙）");
  });
  it("the least busy of several takes it, then whose turn it is", () => {
    const load = { open: new Map([["h02", 2]]), last: new Map() };
    expect(said("借会议室", { means, load }).ticket?.owner).toBe("h03");
    const turn = { open: new Map(), last: new Map([["h02", NOW]]) };
    expect(said("借会议室", { means, load: turn }).ticket?.owner).toBe("h03");
  });
});

describe("orders at the desk", () => {
  it.each([
    ["todo", "l01", false],
    ["today", "l01", true],
    ["leave", "l01", false],
    ["leave", "chief", true],
    ["back", "org", true],
    ["on-behalf", "h01", true],
    ["visit", "l01", false],
    ["undo", "l01", true],
  ] as const)("%s by %s: %s", (act, who, may) => expect(mayDoAtDesk(act, station.personById(who))).toBe(may));
  it("by a company: undo alone", () => {
    for (const act of ["leave", "back", "todo", "today", "on-behalf", "visit"] as const)
      expect(mayDoAtDesk(act, null)).toBe(false);
    expect(mayDoAtDesk("undo", null)).toBe(true);
  });
});
