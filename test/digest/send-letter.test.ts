import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { drawPicture } from "../../src/digest/picture.ts";
import { type LetterDeps, type LetterOrder, type LetterStep, letterStep } from "../../src/digest/send-letter.ts";
import { type Committed, openCommit } from "../../src/lanes/commit.ts";
import { waysOut as dingtalk } from "../../src/platforms/dingtalk/ways.ts";
import { waysOut as wecom } from "../../src/platforms/wecom/say.ts";
import { openStation } from "../../src/station/station.ts";
import { keys } from "../../src/store/keys.ts";
import { newId } from "../../src/store/new-id.ts";
import { openPictures } from "../../src/store/pictures.ts";
import { setting as settingGiven, station } from "../desk/scene-given.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { at, calendar, TOWN, write } from "./given.ts";

const town = openTestRedis();
const { redis } = town;
afterAll(town.close);

const setting: LetterOrder["setting"] = {
  ...settingGiven(),
  calendar,
  platforms: new Map([
    ["wecom", { ways: { webhook: wecom.webhook, person: wecom.person }, robot: "小帮手" }],
    ["dingtalk", { ways: dingtalk, robot: "小帮手" }],
  ] as const),
  newId,
};
const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const warned: object[] = [];
let tag: string;
let desks = 0;
let deps: LetterDeps;
beforeEach(async () => {
  tag = `${town.tag}:${++desks}`;
  warned.length = 0;
  deps = {
    store: { redis, tag },
    pictures: openPictures(redis, tag),
    publicUrl: "https://bangban.example.com",
    log: { warn: (details, message) => void warned.push({ details, message }) },
    draw: async () => PNG,
  };
  for (const given of TOWN) await write({ ...town, tag }, given);
});

const step = (now: string, over: Partial<LetterOrder> = {}, others: Partial<LetterDeps> = {}) =>
  letterStep(
    { kind: "day", scheduled: at("2026-11-23T17:30"), now: at(now), setting, ...over },
    { ...deps, ...others },
  );
async function commit(done: LetterStep): Promise<Committed["kind"] | null> {
  if (done.kind !== "send") return null;
  const { lines, checks, writes } = done;
  const plan = { head: null, checks, numbers: [], writes: [...writes], replies: lines };
  return (await openCommit(redis, tag, "desk")(plan)).kind;
}
const going = async (now: string, over: Partial<LetterOrder> = {}) => {
  const done = await step(now, over);
  return [await commit(done), done.kind === "send" ? done.lines.map(({ called, text }) => called ?? text) : done];
};
const waiting = () => redis.zcard(tag + keys.outWaiting);
const DAY = "帮办日报 2026年11月23日（周一）";

describe("at its moment", () => {
  it("the letter of the day so far goes to the leaders, and then its picture", async () => {
    const done = await step("2026-11-23T17:30");
    if (done.kind !== "send") throw new Error(done.kind);
    const [text, picture] = done.lines;
    expect(text?.to).toBe("wecom:wrLEADERS");
    expect(text?.text).toContain(
      "【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）（截至 17:30）\n补报：11月20日（周五）至22日（周日） 受理 1 件，办结 0 件，按时办结率 0.0%（0/1）。\n一、总体情况",
    );
    expect(text?.text).toContain("受理 4 件");
    expect(picture?.text).toMatch(/\n图表：https:\/\/bangban\.example\.com\/pictures\/[\w-]{32}\.png$/);
    expect(await deps.pictures.put(PNG)).not.toBe(picture?.picture?.key);
    expect(Buffer.from((await openPictures(redis, tag).get(picture?.picture?.key ?? "")) ?? [])).toEqual(PNG);
    expect(await commit(done)).toBe("done");
    expect(await step("2026-11-23T17:31")).toEqual({ kind: "done" });
  });

  it("holds what the station file wants in it", async () => {
    const digest = { ...station.digest, day: { at: 1050, on: "workdays" as const, sections: ["attention" as const] } };
    const own = { ...setting, station: openStation({ ...station, webhooks: new Map(), digest }) };
    const done = await step("2026-11-23T17:30", { setting: own });
    const text = done.kind === "send" ? (done.lines[0]?.text ?? "") : "";
    expect(text.split("\n").slice(1, 3)).toEqual([expect.stringMatching(/^补报：/u), "一、需关注"]);
    expect(text).not.toContain("总体情况");
  });

  it("is not looked at before, and not at all where it is switched off", async () => {
    await going("2026-11-23T09:00", { scheduled: at("2026-11-23T09:00") });
    expect(await step("2026-11-23T17:29")).toEqual({ kind: "done" });
    const off = openStation({ ...station, webhooks: new Map(), digest: { ...station.digest, day: null } });
    const switchedOff = await step("2026-11-23T17:30", { setting: { ...setting, station: off } });
    expect(switchedOff).toEqual({ kind: "done" });
  });

  it("a day with nothing to say has no picture", async () => {
    const done = await step("2026-11-18T17:30", { scheduled: at("2026-11-18T17:30") });
    expect(done.kind === "send" && done.lines.map(({ text }) => text.split("\n")[1])).toEqual([
      "今日无新增诉求，无在办事项。",
    ]);
    expect(await redis.keys(`${tag}${keys.picture("*")}`)).toEqual([]);
  });
});

describe("its picture", () => {
  const linesWith = async (others: Partial<LetterDeps>) => {
    const done = await step("2026-11-23T17:30", {}, others);
    return done.kind === "send" ? done.lines : [];
  };
  it("that fails, or takes too long, is left out, and the letter goes", async () => {
    const failing = { draw: () => Promise.reject(new Error("no fonts")) };
    expect((await linesWith(failing)).map(({ called }) => called)).toEqual([DAY]);
    const slow = { draw: (data: Parameters<typeof drawPicture>[0]) => drawPicture(data, 1) };
    expect((await linesWith(slow)).map(({ called }) => called)).toEqual([DAY]);
    expect(warned).toEqual([
      expect.objectContaining({ details: { kind: "day", from: "2026-11-23", reason: "no fonts" } }),
      expect.objectContaining({ details: { kind: "day", from: "2026-11-23", reason: "no picture within 1 ms" } }),
    ]);
  });
  it("is not drawn where nobody would see it", async () => {
    const drawn: unknown[] = [];
    const alone = openStation({
      ...station,
      webhooks: new Map(),
      groups: station.groups.filter(({ kind }) => kind !== "leaders"),
    });
    const draw = async (data: unknown) => {
      drawn.push(data);
      return PNG;
    };
    const done = await step("2026-11-23T17:30", { setting: { ...setting, station: alone } }, { publicUrl: null, draw });
    expect(done.kind === "send" && done.lines.map(({ to, called }) => [to, called])).toEqual([["l01", DAY]]);
    expect(drawn).toEqual([]);
  });
  it("stands in the lane by its name only", async () => {
    const lines = JSON.stringify(await linesWith({ draw: async () => Buffer.alloc(150_000, 1) }));
    expect(lines.length).toBeLessThan(8000);
  });
});

describe("once, whatever happens", () => {
  it("two processes at once: one commits, the other's has moved", async () => {
    const both = await Promise.all([step("2026-11-23T17:30"), step("2026-11-23T17:30")]);
    const ends = await Promise.all(both.map(commit));
    expect(ends.sort()).toEqual(["done", "moved"]);
    expect(await waiting()).toBe(2);
  });

  it("many, in any order, with looks between: it is committed once", async () => {
    const nows = ["2026-11-23T17:30", "2026-11-23T17:31", "2026-11-23T18:00", "2026-11-23T17:30", "2026-11-23T19:59"];
    const steps: LetterStep[] = [];
    for (const now of nows) steps.push(await step(now));
    const ends: unknown[] = [];
    for (const done of steps) ends.push(await commit(done));
    expect(ends).toEqual(["done", "moved", "moved", "moved", "moved"]);
    expect(await waiting()).toBe(2);
    expect(await step("2026-11-23T19:59")).toEqual({ kind: "done" });
  });

  it("killed before the commit: nothing but a picture that nobody links to, and it goes when somebody is back", async () => {
    const before = new Set(await redis.keys(`${tag}:*`));
    await step("2026-11-23T17:30");
    const left = (await redis.keys(`${tag}:*`)).filter((key) => !before.has(key));
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/:picture:[\w-]{32}$/);
    expect(await redis.ttl(left[0] ?? "")).toBeGreaterThan(0);
    expect(await going("2026-11-23T17:40")).toEqual(["done", [DAY, `${DAY} 图表`]]);
  });

  it("killed after the commit, before the next step was known: it is not sent again", async () => {
    await commit(await step("2026-11-23T17:30"));
    expect(await step("2026-11-23T17:30")).toEqual({ kind: "done" });
    expect(await step("2026-11-24T09:00")).toEqual({ kind: "done" });
  });

  it("moved to a later hour on a day on which it has gone, it does not go twice", async () => {
    await commit(await step("2026-11-23T17:30"));
    const digest = { ...station.digest, day: { at: 1110, on: "workdays" as const, sections: null } };
    const later = { ...setting, station: openStation({ ...station, webhooks: new Map(), digest }) };
    expect(await going("2026-11-23T18:30", { setting: later })).toEqual(["done", []]);
    expect(await waiting()).toBe(2);
  });
});

describe("after downtime", () => {
  beforeEach(async () => {
    await redis.hset(tag + keys.letters, "day", String(at("2026-11-20T17:30")));
  });

  it("it goes on the same evening, up to the moment", async () => {
    const done = await step("2026-11-23T19:40");
    expect(done.kind === "send" && done.lines[0]?.text.split("\n")[0]).toContain("（截至 19:40）");
  });

  it("back in the night it waits for the morning, and then has its own date and the whole day", async () => {
    expect(await step("2026-11-23T22:10")).toEqual({ kind: "wait", until: at("2026-11-24T08:30") });
    const done = await step("2026-11-24T08:30", { scheduled: at("2026-11-24T08:30") });
    const [title] = done.kind === "send" ? (done.lines[0]?.text ?? "").split("\n") : [];
    expect(title).toBe("【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）");
  });

  it("of several days the newest goes; the chief is told which did not", async () => {
    const [end, lines] = await going("2026-11-26T10:00");
    expect(end).toBe("done");
    expect(lines).toEqual([
      "帮办日报 2026年11月25日（周三）",
      "帮办日报 2026年11月25日（周三） 图表",
      expect.stringContaining(`${DAY}、帮办日报 2026年11月24日（周二） 未能按时发出`),
    ]);
    expect(await step("2026-11-26T10:01")).toEqual({ kind: "done" });
  });

  it("too old, none goes, and the chief is told once", async () => {
    const week = { kind: "week" as const, scheduled: at("2026-11-20T17:30") };
    const [end, lines] = await going("2026-11-25T10:00", week);
    expect([end, lines]).toEqual(["done", [expect.stringContaining("帮办周报 2026年11月16日—22日 未能按时发出")]]);
    expect(await step("2026-11-25T10:01", week)).toEqual({ kind: "done" });
  });

  it("a desk that begins owes nothing from before", async () => {
    await redis.del(tag + keys.letters);
    expect(await going("2026-11-24T09:00", { scheduled: at("2026-11-24T09:00") })).toEqual(["done", []]);
    expect(await step("2026-11-24T17:29")).toEqual({ kind: "done" });
    expect((await going("2026-11-24T17:30"))[1]).toContain("帮办日报 2026年11月24日（周二）");
  });
});
