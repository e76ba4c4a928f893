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
    expect(said("进展 在联系", { ...case017, by: "zheng.qi" }).answer).toContain("须由承办人");
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
