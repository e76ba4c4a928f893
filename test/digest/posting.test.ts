import { describe, expect, it } from "vitest";
import type { Platforms } from "../../src/desk/lines/addressing.ts";
import type { Letter } from "../../src/digest/letter.ts";
import { isPictured, post } from "../../src/digest/posting.ts";
import { receiversOf } from "../../src/digest/receivers.ts";
import { waysOut as dingtalk } from "../../src/platforms/dingtalk/ways.ts";
import { waysOut as wecom } from "../../src/platforms/wecom/say.ts";
import { openStation, type Station } from "../../src/station/station.ts";
import { readStation } from "../../src/station/station-file.ts";

const file = readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "http://127.0.0.1:1" });
const stationWith = (over: Partial<Station>): Station => openStation({ ...file, webhooks: new Map(), ...over });
const leadersOnDingtalk = {
  ...({ platform: "dingtalk", chat: "cidLEADERS==", kind: "leaders" } as const),
  ...{ enterprise: null, point: null, channel: "dingtalk:webhook:leaders" },
};
const both = stationWith({ groups: [...file.groups, leadersOnDingtalk] });
const withoutGroups = stationWith({ groups: file.groups.filter(({ kind }) => kind !== "leaders") });

const { webhook, person } = wecom;
const onWecom: Platforms = new Map([["wecom", { ways: { webhook, person }, robot: "" }]] as const);
const onBoth: Platforms = new Map([...onWecom, ["dingtalk", { ways: dingtalk, robot: "" }] as const]);

const LETTER: Letter = {
  title: "【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）",
  sections: [
    { heading: "一、总体情况", lines: ["上期结转 1 件，受理 4 件。"] },
    { heading: "二、需关注", lines: Array.from({ length: 100 }, (_, i) => `#1123-${100 + i} 活动场地协调，恒通汽配`) },
  ],
};
let serial = 0;
const posted = (station: Station, platforms: Platforms, picture: { key: string; link: string | null } | null) =>
  post({
    ...{ letter: LETTER, name: "帮办日报 2026年11月23日（周一）", platforms, picture },
    receivers: receiversOf({ station, platforms }).reached,
    newId: () => `L${++serial}`,
  });

describe("who gets it", () => {
  const names = (station: Station, platforms: Platforms) => {
    const { reached, unreached } = receiversOf({ station, platforms });
    return [reached.map(({ to }) => to), unreached];
  };
  it("every leaders' group that can be reached", () => {
    expect(names(both, onBoth)).toEqual([["wecom:wrLEADERS", "dingtalk:cidLEADERS=="], []]);
    expect(names(both, onWecom)).toEqual([["wecom:wrLEADERS"], ["领导群 cidLEADERS=="]]);
  });
  it("each leader where there is no group of theirs, on whichever platform", () => {
    expect(names(withoutGroups, onWecom)).toEqual([["l01"], []]);
    const [leader] = receiversOf({ station: withoutGroups, platforms: onBoth }).reached;
    expect(leader?.ways.map(({ channel }) => channel)).toEqual([
      "wecom:person:wecom:@li.si",
      "dingtalk:person:dingtalk:@user-1021",
    ]);
  });
  it("whom the station file names, and nobody else", () => {
    const digest = { ...file.digest, to: ["cidLEADERS==", "chief", "org"] };
    expect(names(stationWith({ ...both, digest }), onBoth)).toEqual([["dingtalk:cidLEADERS==", "chief", "org"], []]);
  });
  it("nobody, where nothing reaches anybody: that is said", () => {
    expect(names(withoutGroups, new Map())).toEqual([[], ["领导丁"]]);
  });
  it("never a group of companies or helpers", () => {
    const channels = posted(both, onBoth, null).flatMap(({ ways }) => ways.map(({ channel }) => channel));
    const others = file.groups.filter(({ kind }) => kind !== "leaders").map(({ channel }) => channel);
    for (const channel of others) expect(channels).not.toContain(channel);
  });
});

describe("a letter's lines", () => {
  const lines = posted(both, onBoth, { key: "K", link: "https://x/pictures/K.png" });
  const to = (receiver: string) => lines.filter((line) => line.to === receiver);

  it("are as long as each channel takes, with the headings kept, and the picture comes last", () => {
    const inWecom = to("wecom:wrLEADERS");
    expect(inWecom.length).toBeGreaterThan(2);
    for (const { text } of inWecom) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
    for (const { text } of inWecom.slice(1, -1)) expect(text.split("\n")[1]).toBe("二、需关注（续）");
    expect(to("dingtalk:cidLEADERS==").map(({ text }) => text.split("\n").at(-1)?.slice(0, 3))).toEqual([
      "#11",
      "图表：",
    ]);
    expect(inWecom.at(-1)?.picture).toEqual({ key: "K", ways: 1 });
  });

  it("neither ring nor hurry nor merge, so that one in doubt is not sent again", () => {
    for (const line of lines) {
      expect(line).toMatchObject({ pings: false, urgent: false, merge: null, notice: false, about: null });
      for (const way of line.ways) if ("mention" in way) expect(way.mention).toEqual([]);
    }
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it("have names by which the chief knows what is missing", () => {
    expect(to("wecom:wrLEADERS").map(({ called }) => called)).toEqual([
      "帮办日报 2026年11月23日（周一） 第 1/3 部分",
      "帮办日报 2026年11月23日（周一） 第 2/3 部分",
      "帮办日报 2026年11月23日（周一） 第 3/3 部分",
      "帮办日报 2026年11月23日（周一） 图表",
    ]);
    expect(to("dingtalk:cidLEADERS==")[0]?.called).toBe("帮办日报 2026年11月23日（周一）");
  });
});

describe("its picture", () => {
  const pictures = (station: Station, platforms: Platforms, link: string | null) =>
    posted(station, platforms, { key: "K", link }).filter(({ called }) => called?.endsWith("图表"));

  it("refused by the group's webhook it goes there as a link", () => {
    const [line] = pictures(both, onWecom, "https://x/pictures/K.png");
    expect(line?.ways.map(({ kind }) => kind)).toEqual(["webhook", "webhook"]);
    expect(line?.text).toBe("【帮办日报 2026年11月23日（周一）】\n图表：https://x/pictures/K.png");
  });
  it("is a link and nothing else where no way shows it", () => {
    const [line] = pictures(withoutGroups, onWecom, "https://x/pictures/K.png");
    expect(line).not.toHaveProperty("picture");
    expect(line?.ways.map(({ kind }) => kind)).toEqual(["person"]);
  });
  it("without a public address it goes where it can be shown, and nobody else hears of it", () => {
    expect(pictures(both, onBoth, null).map(({ to, ways }) => [to, ways.length])).toEqual([["wecom:wrLEADERS", 1]]);
    expect(isPictured(receiversOf({ station: both, platforms: onBoth }).reached, onBoth, false)).toBe(true);
    const alone = receiversOf({ station: withoutGroups, platforms: onWecom }).reached;
    expect(isPictured(alone, onWecom, false)).toBe(false);
    expect(isPictured(alone, onWecom, true)).toBe(true);
  });
});
