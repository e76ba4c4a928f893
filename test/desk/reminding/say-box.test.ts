import { describe, expect, it } from "vitest";
import type { NoticeKind } from "../../../src/desk/decision.ts";
import { NOTHING } from "../../../src/desk/decision.ts";
import { type Box, fieldOf } from "../../../src/desk/reminding/box.ts";
import { sayBox } from "../../../src/desk/reminding/say-box.ts";
import type { Setting } from "../../../src/desk/scene.ts";
import type { StoredTicket } from "../../../src/desk/ticket/ticket-record.ts";
import { openStation } from "../../../src/station/station.ts";
import { given, MINUTE, reading, setting } from "../scene-given.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);
const NOON = at("2026-12-08T11:00:00");
const NIGHT = at("2026-12-08T23:00:00");
const MORNING = at("2026-12-09T08:30:00");
const none = { own: [], standIn: [] };

const late = (n: string, over = {}) => given(n, ["matched", "accepted", "light"], over);
const elsewhere = { conversation: "wecom:wrGROUP02", enterprise: "明州服饰有限公司" };

function box(name: string, waiting: readonly (readonly [NoticeKind, StoredTicket])[], over: Partial<Box> = {}): Box {
  const fields = waiting.map(([kind, stored]) => ({
    field: fieldOf({ ticket: stored.ticket.id, kind }),
    kind,
    stored,
  }));
  const told = fields.map((each) => ({ ...each, why: each.kind === "sent-for" ? "帮办员辛未在规定时间内接单" : "" }));
  return { name, version: "3", sent: 0, summoned: 0, morning: false, waiting: told, ...over };
}

function say(of: Box, now: number, own = none as Parameters<typeof sayBox>[2], here: Setting = setting()) {
  const result = sayBox(here, of, own, now);
  return { ...result, told: reading({ ...NOTHING, lines: result.lines }).told };
}

describe("a box", () => {
  it("with one case says it whole, to the helper in the case's group", () => {
    const { told, done, next, lines } = say(box("staff:h02", [["yellow", late("017")]]), NOON);
    expect(told).toEqual([
      {
        to: "h02",
        text: "【#1207-017 黄灯】活动场地协调　恒通汽配有限公司　应于 12月7日（周一）18:00 前办结，已逾期，请尽快办结，或说明原因申请延期。引用本条并@小帮手 回复：进展 内容 / 办结 结果 / 延期 时间 原因",
      },
    ]);
    expect(lines[0]).toMatchObject({ patient: true, about: "20261207-017" });
    expect(done).toEqual(["light:T017"]);
    expect(next).toBeNull();
  });

  it("with several of one group says them as one message there, the worst first", () => {
    const { told, lines } = say(
      box("staff:h02", [
        ["blue", given("016", ["matched", "accepted"], { light: "blue" })],
        ["yellow", late("017")],
      ]),
      NOON,
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.text.split("\n").slice(0, 3)).toEqual([
      "【办理提醒】黄灯 1 件，蓝灯 1 件",
      "#1207-017 黄灯　活动场地协调　恒通汽配有限公司　12月7日（周一）18:00 前",
      "#1207-016 蓝灯　活动场地协调　恒通汽配有限公司　12月7日（周一）18:00 前",
    ]);
    expect(lines[0]).toMatchObject({ about: "20261207-017", also: ["20261207-016"] });
  });

  it("of several companies is said among staff, where no company reads of another", () => {
    const { told } = say(
      box("staff:h02", [
        ["yellow", late("017")],
        ["yellow", late("018", elsewhere)],
      ]),
      NOON,
    );
    expect(told.map(({ to }) => to)).toEqual(["h02*"]);
  });

  it("of several companies, where nobody of the staff can be spoken to but in their groups: each group reads of its own", () => {
    const here = setting();
    const groups = here.station.groups.filter(({ kind }) => kind === "service");
    const station = openStation({ ...here.station, groups, webhooks: new Map() });
    const { told } = say(
      box("staff:h02", [
        ["yellow", late("017")],
        ["yellow", late("018", elsewhere)],
      ]),
      NOON,
      none,
      { ...here, station },
    );
    expect(told).toHaveLength(2);
    expect(told[0]?.text).toContain("恒通汽配");
    expect(told[0]?.text).not.toContain("明州服饰");
  });

  it("fits a telephone, however much there is in it", () => {
    const many = Array.from(
      { length: 300 },
      (_, i) => ["red", late(`${500 + i}`, { light: "red", broken: 1 })] as const,
    );
    const [only] = say(box("leaders", many), NOON).told;
    expect(only?.to).toBe("@leaders");
    expect(only?.text.split("\n")).toHaveLength(13);
    expect(only?.text).toContain("【亮灯提醒】红灯 300 件");
    expect(only?.text).toContain("……另有 290 件，详见日报和台账");
  });

  it("is held back in the quiet hours, and then said once", () => {
    const waiting = box("staff:h02", [["yellow", late("017")]]);
    expect(say(waiting, NIGHT)).toMatchObject({ lines: [], done: [], next: MORNING });
    expect(say(waiting, MORNING).lines).toHaveLength(1);
  });

  it("of the chief is said by night only as far as it is red", () => {
    const red = late("018", { light: "red" });
    const { told, done, next } = say(
      box("staff:chief", [
        ["yellow", late("017")],
        ["red", red],
      ]),
      NIGHT,
    );
    expect(told.map(({ to }) => to)).toEqual(["chief*"]);
    expect(told[0]?.text).toContain("#1207-018 红灯 督办");
    expect(told[0]?.text).not.toContain("017");
    expect(done).toEqual(["light:T018"]);
    expect(next).toBe(MORNING);
  });

  it("is said once in five minutes: what came meanwhile waits for the next time", () => {
    const again = box("staff:h02", [["yellow", late("017")]], { sent: NOON - 2 * MINUTE });
    expect(say(again, NOON)).toMatchObject({ lines: [], done: [], next: NOON + 3 * MINUTE });
    expect(say(again, NOON + 3 * MINUTE).lines).toHaveLength(1);
    // By a clock that was ahead and was put right.
    expect(say({ ...again, sent: NOON + 60 * MINUTE }, NOON).lines).toHaveLength(1);
  });

  it.each([
    ["resolved", ["yellow", given("017", ["matched", "accepted", "light", "resolved"])]],
    ["extended", ["yellow", given("017", ["matched", "accepted", "light", "extended"])]],
    ["withdrawn", ["red", given("017", ["matched", "light", "withdrawn"])]],
    ["accepted", ["accept", given("017", ["matched", "accepted"])]],
    ["yellow by now", ["blue", late("017")]],
  ] as const)("says nothing of a case that is %s meanwhile", (_what, notice) => {
    const { lines, done } = say(box("staff:h02", [notice]), NOON);
    expect(lines).toEqual([]);
    expect(done).toEqual([fieldOf({ ticket: "T017", kind: notice[0] })]);
  });

  it("tells the company with an apology, a reason and a new time, each case by itself", () => {
    const other = late("018", { state: "open" });
    const { told } = say(
      box("asker:wecom:wang.min@wecom:wrGROUP01", [
        ["yellow", late("017")],
        ["yellow", other],
      ]),
      NOON,
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.to).toBe("wecom:wang.min");
    const text = told[0]?.text ?? "";
    expect(text).toContain("【#1207-017 正在办理】活动场地协调　未能在 12月7日（周一）18:00 前办结，向您致歉");
    expect(text).toContain(
      "原因：事项仍在办理中，已请首席帮办员督促。最迟 今日 18:00 前答复您，帮办员：帮办员丙（南社区服务点）",
    );
    expect(text).toContain("【#1207-018 正在办理】");
    expect(text).toContain("原因：承办人员正在协调中，已请首席帮办员协调");
  });

  it("does not say that the chief sees to it where the station lets the chief not hear of it", () => {
    const { station, ...rest } = setting();
    const yellow = { ...station.ladder.yellow, tell: ["owner", "asker"] as const };
    const quiet = { ...rest, station: { ...station, ladder: { ...station.ladder, yellow } } };
    const { told } = say(box("asker:wecom:wang.min@wecom:wrGROUP01", [["yellow", late("017")]]), NOON, none, quiet);
    expect(told[0]?.text).toContain("原因：事项仍在办理中。最迟 今日 18:00 前答复您");
  });

  it("names the company a time that can be kept, also where the red light's is over or all but over", () => {
    const many = ["017", "018", "019", "020"].map((n) => ["red", late(n, { light: "red" })] as const);
    const of = (now: string) => say(box("asker:wecom:wang.min@wecom:wrGROUP01", many), at(now)).told[0]?.text ?? "";
    const evening = of("2026-12-08T17:30:00");
    expect(evening.match(/最迟 12月9日（周三）18:00 前答复您/gu)).toHaveLength(4);
    expect(evening).toContain(
      "另有 1 件同样未能按时办结，向您致歉：#1207-020。均仍在办理中，最迟 12月9日（周三）18:00 前答复您",
    );
    expect(of("2026-12-11T09:00:00")).toContain("最迟 12月14日（周一）18:00 前答复您");
  });

  it("says to the company that its own word is waited for, where it is", () => {
    const pause = { since: at("2026-12-08T09:00:00"), until: MORNING, reason: "等名单" };
    const waits = late("017", { state: "paused", pause });
    const { told } = say(box("asker:wecom:wang.min@wecom:wrGROUP01", [["yellow", waits]]), NOON);
    expect(told[0]?.text).toContain("原因：正在等待您的答复，已请首席帮办员督促。最迟 今日 18:00 前答复您");
  });

  it("says nothing of a light whose clock stands still", () => {
    const pause = { since: at("2026-12-07T17:30:00"), until: MORNING, reason: "等名单" };
    const waits = given("017", ["matched", "accepted", "paused"], { light: "blue", pause });
    expect(say(box("staff:h02", [["blue", waits]]), NOON).lines).toEqual([]);
  });

  it("has its own words for the chief's own case", () => {
    const { told } = say(box("staff:chief", [["yellow", late("017", { owner: "chief" })]]), NOON);
    expect(told[0]?.text).toContain(
      "已逾期，请尽快办结、改派，或确定新的时限。引用本条并@小帮手 回复：进展 内容 / 办结 结果 / 派 姓名 / 延期 时间 原因",
    );
  });

  it("tells the leaders in their groups, else each of them alone, never where a company reads", () => {
    const red = late("017", { light: "red", broken: 2 });
    const { told } = say(box("leaders", [["red", red]]), NOON);
    expect(told).toEqual([
      { to: "@leaders", text: expect.stringContaining("前办结而未办结，系同一诉求再次逾期，已报首席帮办员。如需督办") },
    ]);
    const here = setting();
    const groups = here.station.groups.filter(({ kind }) => kind !== "leaders");
    const without = { ...here, station: openStation({ ...here.station, groups, webhooks: new Map() }) };
    expect(say(box("leaders", [["red", red]]), NOON, none, without).told.map(({ to }) => to)).toEqual(["l01**"]);
  });
});

describe("whose box it is", () => {
  const change = (over: Partial<Parameters<typeof openStation>[0]>) => {
    const here = setting();
    return { ...here, station: openStation({ ...here.station, ...over, webhooks: new Map() }) };
  };
  const { station } = setting();

  it("a helper who stands in for the chief hears what the chief would, in the chief's words, among staff", () => {
    const leave = { from: "2026-12-07", to: "2026-12-09", deputy: "h02" };
    const people = station.people.map((person) => (person.id === "chief" ? { ...person, away: [leave] } : person));
    const red = late("017", { light: "red", owner: "h03" });
    const { told } = say(box("staff:h02", [["red", red]]), NIGHT, none, change({ people }));
    expect(told).toEqual([{ to: "h02*", text: expect.stringContaining("承办人：帮办员辛\n") }]);
    // The chief's leave is over, and with it the standing in.
    const later = at("2026-12-10T11:00:00");
    expect(say(box("staff:h02", [["red", red]]), later, none, change({ people })).lines).toEqual([]);
  });

  it("what was kept for somebody who has left the station is said to nobody else", () => {
    const people = station.people.filter(({ id }) => id !== "h02");
    const points = station.points.map((point) => ({ ...point, helpers: point.helpers.filter((id) => id !== "h02") }));
    const { lines, done } = say(
      box("staff:h02", [
        ["yellow", late("017")],
        ["yellow", late("018", elsewhere)],
      ]),
      NOON,
      none,
      change({ people, points }),
    );
    expect(lines).toEqual([]);
    expect(done).toHaveLength(2);
  });

  it("the chief's yellow of a promise that has been made longer is not said of its blue", () => {
    const extended = given("017", ["matched", "accepted", "light", "extended", { event: "light", light: "blue" }]);
    expect(say(box("staff:chief", [["yellow", extended]]), NOON).lines).toEqual([]);
  });

  it("a company with forty late cases reads three of them whole, and the numbers of twelve more", () => {
    const many = Array.from({ length: 40 }, (_, i) => ["yellow", late(`${100 + i}`)] as const);
    const text = say(box("asker:wecom:wang.min@wecom:wrGROUP01", many), NOON).told[0]?.text ?? "";
    expect(text.split("\n")).toHaveLength(7);
    expect(text).toContain("另有 37 件同样未能按时办结，向您致歉：#1207-103 ");
    expect(Buffer.byteLength(text)).toBeLessThan(2048);
  });

  it("the chief's morning names ten of other people's cases, and says how many more there are", () => {
    const many = Array.from({ length: 300 }, (_, i) => ["yellow", late(`${100 + i}`)] as const);
    const text = say(box("staff:chief", many, { morning: true }), MORNING).told[0]?.text ?? "";
    expect(text).toContain("……另有 290 件，发送“今日”可看各服务点情况");
    expect(text.split("\n").length).toBeLessThan(18);
  });
});

describe("cases that are not accepted", () => {
  const ELEVEN = at("2026-12-07T11:00:00");
  const open = (n: string, over = {}) =>
    given(n, ["matched"], { awaited: { until: at("2026-12-07T11:30:00"), next: "pass" }, ...over });
  const several = (kind: NoticeKind, count: number, over = {}) =>
    Array.from({ length: count }, (_, i) => [kind, open(`${100 + i}`, over)] as const);

  it("in a list have the time to accept them, and what comes then", () => {
    expect(say(box("staff:h02", several("accept", 2)), ELEVEN).told[0]?.text).toBe(
      [
        "【办理提醒】待接单 2 件",
        "#1207-100 待接单　活动场地协调　恒通汽配有限公司　今日 11:30 前接单",
        "#1207-101 待接单　活动场地协调　恒通汽配有限公司　今日 11:30 前接单",
        "请按时接单，逾时转由他人承办。引用本条并@小帮手 回复：编号 接单 / 编号 进展 内容 / 编号 办结 结果 / 编号 延期 时间 原因",
      ].join("\n"),
    );
  });

  it("one of them with a light is one case, told once, and may be accepted", () => {
    const blue = open("017", { light: "blue", due: at("2026-12-07T11:40:00") });
    const both = box("staff:h02", [
      ["blue", blue],
      ["accept", blue],
    ]);
    const { told, lines, done } = say(both, ELEVEN);
    expect(told[0]?.text).toContain(
      "【#1207-017 蓝灯】活动场地协调　恒通汽配有限公司　将于 今日 11:40 到期，请即接单并抓紧办理。引用本条并@小帮手 回复：接单 / 进展 内容 /",
    );
    expect(lines[0]?.buttons).toEqual([{ label: "接单", says: "接单 #1207-017" }]);
    expect(done).toEqual(["light:T017", "accept:T017"]);
    const list = say(
      box("staff:h02", [...both.waiting.map((w) => [w.kind, w.stored] as const), ["accept", open("018")]]),
      ELEVEN,
    );
    expect(list.told[0]?.text.split("\n").slice(0, 3)).toEqual([
      "【办理提醒】蓝灯 1 件，待接单 1 件",
      "#1207-017 蓝灯 待接单　活动场地协调　恒通汽配有限公司　今日 11:30 前接单，今日 11:40 前",
      "#1207-018 待接单　活动场地协调　恒通汽配有限公司　今日 11:30 前接单",
    ]);
  });

  it("whoever is sent for reads one whole, and before every reminder; forty are one list", () => {
    const one = say(box("staff:h02", several("sent-for", 1)), ELEVEN);
    expect(one.told[0]?.text).toContain("【#1207-100 待接单】活动场地协调　恒通汽配有限公司\n诉求：");
    expect(one.told[0]?.text).toContain("说明：帮办员辛未在规定时间内接单\n请于 11:30 前接单，今日 18:00 前办结");
    expect(one.lines[0]?.patient).toBeUndefined();
    expect(one.summoned).toBe(true);
    const forty = say(box("staff:h02", several("sent-for", 40)), ELEVEN);
    expect(forty.told).toHaveLength(1);
    expect(forty.told[0]?.text).toContain("【办理提醒】待接单 40 件");
    expect(forty.told[0]?.text).toContain("……另有 30 件，发送“我的待办”可看全部\n请按时接单");
  });

  it("sent for by the chief's box: as the chief is, with no time to accept it", () => {
    const chiefs = several("sent-for", 1, { owner: "chief", awaited: { until: ELEVEN, next: "nothing" } });
    expect(say(box("staff:chief", chiefs), ELEVEN).told[0]?.text).toContain("【#1207-100 请研究办理】");
  });

  it("the first at once, though another reminder was said just now; the next ones five minutes later", () => {
    const just = { sent: ELEVEN - MINUTE, summoned: ELEVEN - 6 * MINUTE };
    expect(say(box("staff:h02", several("sent-for", 1), just), ELEVEN).told).toHaveLength(1);
    const again = box("staff:h02", several("sent-for", 2), { sent: ELEVEN - MINUTE, summoned: ELEVEN - MINUTE });
    expect(say(again, ELEVEN)).toMatchObject({ lines: [], next: ELEVEN + 4 * MINUTE });
    expect(say(box("staff:h02", several("accept", 1), just), ELEVEN).lines).toEqual([]);
  });

  it("passed on: whoever had them need not do them any more, in one patient message", () => {
    const one = say(box("staff:h03", several("passed", 1)), ELEVEN);
    expect(one.told[0]?.text).toBe(
      "【#1207-100 已转办】未在规定时间内接单，本件现由帮办员丙（南社区服务点）办理，您不必再办",
    );
    expect(one.lines[0]?.patient).toBe(true);
    const forty = say(box("staff:h03", several("passed", 40)), ELEVEN).told;
    expect(forty).toHaveLength(1);
    expect(forty[0]?.text).toContain("【已转办】40 件未在规定时间内接单，已转由他人办理\n#1207-100 已转办");
    expect(forty[0]?.text.split("\n").at(-1)).toBe("……另有 30 件，您均不必再办");
    // Theirs again since.
    expect(say(box("staff:h02", several("passed", 1)), ELEVEN).lines).toEqual([]);
  });

  it("among all helpers are named without the company", () => {
    const [only, ...others] = say(box("helpers", several("passed", 12)), ELEVEN).told;
    expect(others).toEqual([]);
    expect(only?.to).toBe("@helpers ");
    expect(only?.text).not.toContain("恒通");
    expect(only?.text.split("\n")).toHaveLength(12);
  });

  it("in the morning what is another one's now is said beside the list of what is to be done", () => {
    const night = box("staff:h03", several("passed", 1), { morning: true });
    const own = [given("019", ["matched"], { owner: "h03", due: at("2026-12-09T18:00:00") })];
    const { told } = say(night, MORNING, { own, standIn: [] });
    expect(told).toHaveLength(2);
    expect(told[0]?.text).not.toContain("#1207-100");
    expect(told[1]?.text).toContain("您不必再办");
  });

  it("in the morning the one that is new to somebody is told whole beside the list; of several the list is enough", () => {
    const own = several("sent-for", 3);
    const morning = (count: number) =>
      say(box("staff:h02", own.slice(0, count), { morning: true }), MORNING, {
        own: own.slice(0, count).map(([, stored]) => stored),
        standIn: [],
      }).told;
    expect(morning(1)).toMatchObject([
      { text: expect.stringMatching(/^今日待办/u) },
      { text: expect.stringMatching(/^【#1207-100 待接单】.*\n诉求：/u) },
    ]);
    expect(morning(3)).toMatchObject([{ text: expect.stringMatching(/^今日待办/u) }]);
  });
});

describe("in the morning", () => {
  const mine = [late("017"), given("019", ["matched"], { due: at("2026-12-09T18:00:00") })];

  it("a helper's box is the list of the day, with what the night held back in it", () => {
    const night = box("staff:h02", [["yellow", late("017")]], { morning: true });
    const { told, morning, done } = say(night, MORNING, { own: mine, standIn: [] });
    expect(told.map(({ to }) => to)).toEqual(["h02*"]);
    expect(told[0]?.text).toBe(
      [
        "今日待办　12月9日（周三）　2 件　逾期 1　今日到期 1　待接单 1",
        "〔已逾期〕",
        "#1207-017 活动场地协调　恒通汽配 黄灯",
        "〔今日 18:00 前〕",
        "#1207-019 活动场地协调　恒通汽配 待接单",
        "引用本条并@小帮手 回复：编号 接单 / 编号 进展 内容 / 编号 办结 结果",
      ].join("\n"),
    );
    expect(morning).toBe(true);
    expect(done).toEqual(["light:T017"]);
  });

  it("the chief's has the other people's cases apart", () => {
    const { told } = say(box("staff:chief", [["yellow", late("017")]], { morning: true }), MORNING);
    expect(told[0]?.text).toContain("今日待办　12月9日（周三）\n请关注：\n〔已逾期〕\n#1207-017");
  });

  it("whoever has nothing to do reads nothing", () => {
    expect(say(box("staff:h03", [], { morning: true }), MORNING)).toMatchObject({
      lines: [],
      morning: true,
      next: null,
    });
  });

  it("waits for the end of the quiet hours, and does not wait for five minutes", () => {
    expect(say(box("staff:h02", [], { morning: true }), NIGHT, { own: mine, standIn: [] })).toMatchObject({
      lines: [],
      morning: false,
      next: MORNING,
    });
    const justNow = box("staff:h02", [], { morning: true, sent: MORNING - MINUTE });
    expect(say(justNow, MORNING, { own: mine, standIn: [] }).lines).toHaveLength(1);
  });
});
