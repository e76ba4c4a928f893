import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pledgeFrom } from "../../../src/desk/draft.ts";
import { calendarRoutine } from "../../../src/desk/reminding/calendar-routine.ts";
import { morningRoutine } from "../../../src/desk/reminding/morning-routine.ts";
import { recompute } from "../../../src/desk/reminding/recompute.ts";
import { openCalendar } from "../../../src/pledge/calendar.ts";
import { keys } from "../../../src/store/keys.ts";
import { openTestRedis, type TestRedis } from "../../doubles/redis.ts";
import { arranged } from "../../pledge/arranged.ts";
import { HAPPENINGS, setting } from "../scene-given.ts";
import { type ClockBench, type Hand, openClockBench } from "./clock-bench.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);

let test: TestRedis;
let bench: ClockBench;
let hand: Hand;
beforeEach(async () => {
  test = openTestRedis();
  bench = openClockBench(test, { routines: [morningRoutine, calendarRoutine] });
  hand = bench.hand();
});
afterEach(() => bench.close());

/** Received now, and in the helper's hands. */
async function ticket(owner = "h02", isAccepted = true): Promise<string> {
  const { why: _, ...pledge } = pledgeFrom(bench.setting, bench.now, "small");
  const id = await bench.open(pledge);
  await bench.act(id, (draft, stored) => {
    draft.happen(stored, { ...HAPPENINGS.matched, ...pledge, owner } as never);
    if (isAccepted) draft.happen(stored, { event: "accepted" });
  });
  return id;
}

const texts = () => bench.said.map(({ text }) => text);
const lights = async (id: string) =>
  (await bench.story(id)).flatMap((event) => (event.event === "light" ? event.light : []));
const stepOf = (member: string) => test.redis.zscore(test.tag + keys.steps, member);

describe("the clock's hand", () => {
  beforeEach(() => {
    bench.now = at("2026-12-07T10:00:00");
  });

  it("several cases of one moment are one message to each person", async () => {
    for (let i = 0; i < 12; i++) await ticket();
    bench.now = at("2026-12-07T18:00:00");
    await hand.look();
    expect(texts().filter((text) => text.startsWith("【办理提醒】"))).toHaveLength(2);
    expect(texts().filter((text) => text.includes("黄灯 12 件"))).toHaveLength(2);
    expect(texts().filter((text) => text.includes("致歉"))).toHaveLength(1);
  });

  it("forty that nobody accepts are one message to each who has to do with them, at every step and after a downtime", async () => {
    for (let i = 0; i < 40; i++) await ticket("h02", false);
    const twin = bench.hand();
    const look = async (time: string) => {
      bench.said.length = 0;
      bench.now = at(`2026-12-07T${time}`);
      await Promise.all([hand.look(), twin.look()]);
      return bench.said.map(({ to, text, urgent }) => `${to} ${text.split("\n")[0]}${urgent ? "！" : ""}`).sort();
    };
    expect(await look("10:30:05")).toEqual(["wecom:wrGROUP01 【办理提醒】待接单 40 件"]);
    expect(await look("13:00:00")).toEqual([
      " 【已转办】40 件未在规定时间内接单",
      "wecom:wrGROUP01 【办理提醒】待接单 40 件！",
      "wecom:wrGROUP01 【已转办】40 件未在规定时间内接单，已转由他人办理",
    ]);
    expect(await look("13:30:00")).toEqual([
      "chief 【办理提醒】待接单 40 件！",
      "wecom:wrGROUP01 【已转办】40 件未在规定时间内接单，已转由他人办理",
    ]);
  });

  it("one that nobody accepts is said whole to whoever is sent for", async () => {
    await ticket("h02", false);
    for (const time of ["10:30:00", "11:00:00"]) {
      bench.now = at(`2026-12-07T${time}`);
      await hand.look();
    }
    const task = texts().find((text) => text.startsWith("【#1207-001 待接单】"));
    expect(task).toContain("说明：帮办员丙未在规定时间内接单\n请于 11:30 前接单，今日 18:00 前办结");
    expect(texts()).toContain("【#1207-001 已转办】活动场地协调　帮办员丙未接单，转由帮办员辛（南社区服务点）办理");
  });

  it("two processes at once light nothing twice and say nothing twice", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 8; i++) ids.push(await ticket());
    const twin = bench.hand();
    bench.now = at("2026-12-08T18:30:00");
    await Promise.all([hand.look(), twin.look()]);
    for (const id of ids) expect(await lights(id)).toEqual(["blue", "yellow", "red"]);
    expect(texts().filter((text) => text.startsWith("【亮灯提醒】红灯 8 件"))).toHaveLength(1);
  });

  it("after three days down everything due is done in order, and each person hears of it once", async () => {
    const ids = [await ticket(), await ticket(), await ticket("h03")];
    bench.now = at("2026-12-10T11:00:00");
    await hand.look();
    for (const id of ids) expect(await lights(id)).toEqual(["blue", "yellow", "red"]);
    const heard = bench.said.map(({ to }) => to).sort();
    // h02, h03 and the asker are told in the company's group.
    expect(heard).toEqual(["chief", "wecom:wrGROUP01", "wecom:wrGROUP01", "wecom:wrGROUP01", "wecom:wrLEADERS"]);
    await hand.look();
    expect(bench.said).toHaveLength(5);
  });

  it("a clock that falls back repeats nothing, and one that jumps skips nothing", async () => {
    const id = await ticket();
    bench.now = at("2026-12-07T17:10:00");
    await hand.look();
    bench.now = at("2026-12-07T16:00:00");
    await hand.look();
    bench.now = at("2026-12-07T17:10:00");
    await hand.look();
    expect(await lights(id)).toEqual(["blue"]);
    bench.now = at("2027-03-01T12:00:00");
    await hand.look();
    expect(await lights(id)).toEqual(["blue", "yellow", "red"]);
  });

  it("an entry of the index that no longer agrees with its ticket is put right, and says nothing", async () => {
    const id = await ticket();
    const before = await stepOf(id);
    await test.redis.zadd(test.tag + keys.steps, String(bench.now - 1000), id);
    await test.redis.zadd(test.tag + keys.steps, String(bench.now - 1000), "01GONE");
    await hand.look();
    expect(await stepOf(id)).toBe(before);
    expect(await stepOf("01GONE")).toBeNull();
    expect(bench.said).toEqual([]);
  });

  it("what comes within five minutes is one message more, at their end", async () => {
    await ticket();
    bench.now = at("2026-12-07T17:00:00");
    await hand.look();
    bench.now = at("2026-12-07T17:01:00");
    await ticket();
    await ticket();
    // Received after the cut-off: their lights come tomorrow; so it is moved by hand.
    bench.now = at("2026-12-08T17:00:00");
    await hand.look();
    const blue = () => texts().filter((text) => text.includes("蓝灯"));
    expect(blue()).toHaveLength(2);
    expect(blue()[1]).toContain("蓝灯 2 件");
  });
});

describe("the morning", () => {
  it("comes on working days at the end of the quiet hours, once, whatever was missed", async () => {
    bench.now = at("2026-12-04T12:00:00");
    await hand.routines.schedule(bench.now);
    await ticket();
    bench.now = at("2026-12-05T09:00:00");
    await hand.look();
    expect(texts().filter((text) => text.startsWith("今日待办"))).toEqual([]);
    bench.now = at("2026-12-09T08:30:00");
    await hand.look();
    await hand.look();
    // The helper's; the chief and whoever else hears of what is late have it beside.
    const lists = bench.said.filter(({ text }) => text.startsWith("今日待办")).map(({ to }) => to);
    expect(lists.sort()).toEqual(["chief", "h02"]);
    expect(await stepOf("at:morning")).toBe(String(at("2026-12-10T08:30:00")));
  });

  it("is scheduled again where the hours are others, and counts from the last one", async () => {
    bench.now = at("2026-12-07T10:00:00");
    await hand.routines.schedule(bench.now);
    const { station } = bench.setting;
    const hours = { ...station.hours, open: 540, quiet: { from: 1200, to: 540 } };
    bench.setting = { ...bench.setting, station: { ...station, hours } };
    await hand.routines.schedule(at("2026-12-07T11:00:00"));
    expect(await stepOf("at:morning")).toBe(String(at("2026-12-08T09:00:00")));
  });
});

describe("the calendar's word", () => {
  it("is said to the chief once a week from November on, while next year's holidays are not there", async () => {
    bench.setting = { ...setting(), calendar: openCalendar({ rest: [], work: [] }) };
    bench.now = at("2026-10-20T12:00:00");
    await hand.routines.schedule(bench.now);
    expect(await stepOf("at:calendar")).toBe(String(at("2026-11-02T09:00:00")));
    bench.now = at("2026-11-02T09:00:00");
    await hand.look();
    const words = bench.said.filter(({ text }) => text.includes("2027年节假日安排尚未录入"));
    expect(words).toHaveLength(1);
    expect(words[0]?.to).toBe("chief");
    expect(words[0]?.ways.map(({ channel }) => channel).every((channel) => !channel.includes("group0"))).toBe(true);
    expect(await stepOf("at:calendar")).toBe(String(at("2026-11-09T09:00:00")));
  });

  it("is not said in the new year of the year after next, and never by night", async () => {
    bench.now = at("2026-12-24T12:00:00");
    await hand.routines.schedule(bench.now);
    bench.now = at("2027-02-01T22:30:00");
    await hand.look();
    expect(texts().filter((text) => text.includes("尚未录入"))).toEqual([]);
  });

  it("is not said where the overlay has them, and is where it has a day of them", async () => {
    const said = async (rest: readonly string[], when: string) => {
      bench.setting = { ...setting(), calendar: openCalendar({ rest, work: [] }) };
      bench.now = at(when);
      await hand.look();
      return texts().filter((text) => text.includes("尚未录入"));
    };
    bench.now = at("2026-10-20T12:00:00");
    await hand.routines.schedule(bench.now);
    expect(await said(arranged(2027), "2026-11-03T09:00:00")).toEqual([]);
    expect(await said(["2027-01-01"], "2026-11-09T09:00:00")).toHaveLength(1);
  });
});

describe("promises computed anew", () => {
  beforeEach(async () => {
    bench.now = at("2026-12-31T10:00:00");
    const { station } = setting();
    const holidays = { rest: [], work: [] };
    bench.setting = { ...setting(), calendar: openCalendar(holidays), station: { ...station, holidays } };
    await recompute(hand.deps, bench.now);
  });

  it("when the year's holidays come: what fell on one of them moves, its asker hears so, and the chief how many", async () => {
    bench.now = at("2026-12-31T17:00:00");
    const moved = await ticket();
    bench.now = at("2026-12-31T17:01:00");
    const first = await bench.ticket(moved);
    expect(first.ticket).toMatchObject({ due: at("2027-01-01T18:00:00"), provisional: true });

    const holidays = { rest: arranged(2027), work: [] };
    bench.setting = {
      ...setting(),
      calendar: openCalendar(holidays),
      station: { ...setting().station, holidays },
    };
    await recompute(hand.deps, bench.now);
    const { ticket: now } = await bench.ticket(moved);
    expect(now).toMatchObject({ due: at("2027-01-04T18:00:00"), provisional: false });
    expect((await bench.story(moved)).at(-1)).toMatchObject({ event: "recomputed", by: "desk" });
    expect(await stepOf(moved)).toBe(String(at("2027-01-04T17:00:00")));
    expect(bench.said.map(({ to, text }) => `${to}：${text}`)).toEqual([
      "chief：办公时间、节假日安排或亮灯时限有调整：在办 1 件中，1 件的承诺时间已重新计算，诉求人另行告知。",
    ]);
    await hand.look();
    expect(texts().at(-1)).toBe(
      "【#1231-001 时限调整】活动场地协调　因办公时间或节假日安排调整，答复时间改为 2027年1月4日（周一）18:00 前，请您谅解",
    );
    await recompute(hand.deps, bench.now);
    expect(bench.said).toHaveLength(2);
  });

  it("when only a threshold is another: no promise moves, the next light comes at its new time", async () => {
    const id = await ticket();
    const { station } = bench.setting;
    const ladder = { ...station.ladder, blue: { ...station.ladder.blue, before: 120 } };
    bench.setting = { ...bench.setting, station: { ...station, ladder } };
    await recompute(hand.deps, bench.now);
    expect(await stepOf(id)).toBe(String(at("2026-12-31T16:00:00")));
    expect(texts()).toEqual([expect.stringContaining("在办 1 件中，0 件的承诺时间已重新计算。")]);
  });

  it("goes on where it was killed, and counts all of them", async () => {
    const ids: string[] = [];
    bench.now = at("2026-12-31T17:00:00");
    for (let i = 0; i < 45; i++) ids.push(await ticket());
    bench.setting = setting();
    const doomed = bench.hand();
    // Killed when the second lot of them is about to be done.
    let lots = 0;
    const isClosing = () => {
      lots += 1;
      if (lots === 2) doomed.cut();
      return false;
    };
    await recompute(doomed.deps, bench.now, { isClosing }).catch(() => {});
    expect(Number(await test.redis.hget(test.tag + keys.basis, "moved"))).toBe(20);
    await recompute(hand.deps, bench.now);
    for (const id of ids) {
      expect((await bench.story(id)).filter(({ event }) => event === "recomputed")).toHaveLength(1);
    }
    expect(texts().join()).toContain("在办 45 件中，45 件的承诺时间已重新计算");
  });
});
