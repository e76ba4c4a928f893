import { describe, expect, it } from "vitest";
import type { NoticeKind } from "../../../src/desk/decision.ts";
import { NOTHING } from "../../../src/desk/decision.ts";
import type { Box } from "../../../src/desk/reminding/box.ts";
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
  const fields = waiting.map(([kind, stored]) => ({ field: `light:${stored.ticket.id}`, kind, stored }));
  return { name, version: "3", sent: 0, morning: false, waiting: fields, ...over };
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
    expect(done).toEqual(["light:T017"]);
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
    expect(text).toContain("原因：承办人员尚未接手，已请首席帮办员协调");
  });

  it("does not say that the chief sees to it where the station lets the chief not hear of it", () => {
    const { station, ...rest } = setting();
    const yellow = { ...station.ladder.yellow, tell: ["owner", "asker"] as const };
    const quiet = { ...rest, station: { ...station, ladder: { ...station.ladder, yellow } } };
    const { told } = say(box("asker:wecom:wang.min@wecom:wrGROUP01", [["yellow", late("017")]]), NOON, none, quiet);
    expect(told[0]?.text).toContain("原因：事项仍在办理中。最迟 今日 18:00 前答复您");
  });

  it("tells the leaders in their groups, else each of them alone, never where a company reads", () => {
    const red = late("017", { light: "red", broken: 2 });
    const { told } = say(box("leaders", [["red", red]]), NOON);
    expect(told).toEqual([
      { to: "@leaders", text: expect.stringContaining("同一诉求再次逾期，已报首席帮办员。如需督办") },
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
        "引用本条并@小帮手 回复：编号 进展 内容 / 编号 办结 结果",
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
