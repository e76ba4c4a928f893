import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Station } from "../../src/station/station.ts";
import { readStation } from "../../src/station/station-file.ts";
import { BadFile } from "../../src/store/yaml-file.ts";

const DOUBLE = "test/doubles/station.yaml";
const ENV = { WEBHOOK_BASE: "http://127.0.0.1:9" };
const dir = mkdtempSync(join(tmpdir(), "station-"));
const FILE = join(dir, "station.yaml");
afterAll(() => rmSync(dir, { recursive: true }));

function read(text: string, env: Record<string, string | undefined> = ENV): Station {
  writeFileSync(FILE, text);
  return readStation(FILE, env);
}

function refusal(text: string, env: Record<string, string | undefined> = ENV): BadFile {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof BadFile) return error;
    throw error;
  }
  throw new Error("the file was taken");
}

/** The problems as "line field reason". */
function complaints(text: string, env: Record<string, string | undefined> = ENV): string[] {
  return refusal(text, env).problems.map(({ line, field, reason }) => `${line} ${field} ${reason}`);
}

/** One statement a line, so that a test names the line it expects. */
const SMALL = [
  "station: small",
  "name: 小站",
  "points:",
  "  - { id: one, name: 一站, main: true, helpers: [h01] }",
  "  - { id: two, name: 二站 }",
  "people:",
  "  - { id: chief, name: 甲, role: chief, wecom: zhao.yi }",
  "  - { id: h01, name: 乙, role: helper, wecom: sun.san }",
  "enterprises:",
  "  - { name: 恒通汽配有限公司, aliases: [恒通汽配], point: two }",
  "groups:",
  "  - { platform: wecom, chat: wrONE, kind: service, enterprise: 恒通汽配有限公司 }",
];

/** The small file with some lines changed (counted from one) or put at the end. */
function small(changes: Record<number, string>, ...more: string[]): string {
  return [...SMALL.map((line, index) => changes[index + 1] ?? line), ...more].join("\n");
}

describe("readStation", () => {
  it("reads the station of the tests", () => {
    const station = readStation(DOUBLE, ENV);
    expect(station).toMatchObject({
      station: "duantang",
      hours: { open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } },
      holidays: { rest: expect.arrayContaining(["2027-01-01", "2027-10-01"]), work: [] },
      mainPoint: { id: "liyuan" },
      chief: { id: "chief", accounts: { wecom: "zhao.yi", dingtalk: "user-1001" }, mobile: "13800000001" },
    });
    expect(station.personById("h02")?.away).toEqual([{ from: "2026-12-01", to: "2026-12-05", deputy: "h03" }]);
  });

  it("reads the demo's station: ten points with a helper each, and five groups that can be written to", () => {
    const demo = readStation("src/sandbox/demo-station.yaml", {
      DEMO_WEBHOOK_BASE: "http://127.0.0.1:9",
      DEMO_DINGTALK_BASE: "http://127.0.0.1:10",
      DEMO_DINGTALK_SECRET: "SECdemo",
    });
    expect(demo.points).toHaveLength(10);
    for (const point of demo.points) expect(point.helpers.length).toBe(point.id === "nan" ? 2 : 1);
    expect(demo.groups.map(({ chat, kind }) => [chat, kind])).toEqual([
      ["wrHENGTONG", "service"],
      ["wrNANYUAN", "service"],
      ["wrHELPERS", "helpers"],
      ["wrLEADERS", "leaders"],
      ["cidNANTANG==", "service"],
    ]);
    for (const field of ["organisation", "economy", "union"] as const) expect(demo.invited(field)).not.toBeNull();
  });

  it("fills in what is left out", () => {
    const station = read(SMALL.slice(0, 8).join("\n"));
    expect(station.hours).toEqual({ open: 510, close: 1080, cutoff: 990, quiet: { from: 1200, to: 510 } });
    expect(station.holidays).toEqual({ rest: [], work: [] });
    expect([station.enterprises, station.groups]).toEqual([[], []]);
  });

  it("fills in the part of the hours that is left out", () => {
    const { hours } = read(small({}, 'hours: { open: "9:00", quiet: { from: "21:30" } }'));
    expect(hours).toEqual({ open: 540, close: 1080, cutoff: 990, quiet: { from: 1290, to: 510 } });
  });

  it("takes empty lists for enterprises and groups", () => {
    const station = read([...SMALL.slice(0, 8), "enterprises:", "groups: []"].join("\n"));
    expect([station.enterprises, station.groups]).toEqual([[], []]);
  });

  it("makes the only point the main one", () => {
    const station = read(
      "station: a\nname: 甲站\npoints: [{ id: one, name: 一站 }]\npeople: [{ id: c, name: 甲, role: chief }]",
    );
    expect(station.mainPoint).toMatchObject({ id: "one", main: true });
  });

  it("gives an enterprise's group the enterprise's point", () => {
    expect(read(SMALL.join("\n")).group("wecom", "wrONE")).toMatchObject({
      enterprise: "恒通汽配有限公司",
      point: "two",
    });
  });

  it("names all that is wrong between the fields at once", () => {
    const error = refusal(small({ 5: "  - { id: one, name: 二站 }", 8: "  - { id: h01, name: 乙, role: leader }" }));
    expect(error.problems).toHaveLength(3);
    expect(error.message).toContain("另有 2 处");
  });
});

describe("readStation fills in the environment", () => {
  const line = (webhook: string): string =>
    `  - { platform: wecom, chat: wrTWO, kind: helpers, webhook: "${webhook}" }`;

  it("inside any string, more than once", () => {
    const station = read(small({ 2: `name: \${A}与\${B}站` }), { A: "东", B: "西" });
    expect(station.name).toBe("东与西站");
  });

  it("and names file, line, field and variable where one is not set", () => {
    expect(refusal(small({}, line(`\${NOT_THERE}`)), {}).message).toBe(
      `${FILE} 第 13 行 groups.1.webhook：环境变量 NOT_THERE 没有设置`,
    );
  });

  it("does not take what every object has for a variable", () => {
    expect(complaints(small({}, line(`\${constructor}`)), {})).toEqual([
      "13 groups.1.webhook 环境变量 constructor 没有设置",
    ]);
  });

  it.each([`\${`, `\${}`, `\${A-B}`, `\${A`])("refuses %s", (word) => {
    expect(complaints(small({}, line(word)), {})[0]).toMatch(/^13 groups\.1\.webhook 环境变量要写成/);
  });

  it("does not tell a webhook that is no address, which may be a secret pasted wrongly", () => {
    const error = refusal(small({}, line(`\${HOOK}`)), { HOOK: "ftp://host/s3cr3t" });
    expect(error.message).toContain("13 行 groups.1.webhook");
    expect(error.message).not.toContain("s3cr3t");
  });
});

describe("readStation refuses, with line and field,", () => {
  const cases: readonly [what: string, text: string, complaint: string][] = [
    ["an unknown key", small({}, "colour: red"), "13 colour 不认识这一项"],
    [
      "an unknown key of a person",
      small({ 8: "  - { id: h01, name: 乙, role: helper, wx: a }" }),
      "8 people.1.wx 不认识这一项",
    ],
    ["__proto__ as a key", small({}, "__proto__: { name: x }"), "13 __proto__ 不认识这一项"],
    ["a missing name", small({ 2: "" }), "1 name 缺少这一项"],
    ["a station that is no slug", small({ 1: "station: 段塘" }), "1 station 只能用小写字母、数字和连字符"],
    ["no points", small({ 3: "points: []", 4: "", 5: "" }), "3 points 至少要有一个服务点"],
    [
      "an unknown role",
      small({ 8: "  - { id: h01, name: 乙, role: boss }" }),
      "8 people.1.role 只能是 chief、invited、helper 或 leader",
    ],
    [
      "a mobile that is a number",
      small({ 8: "  - { id: h01, name: 乙, role: helper, mobile: 13800000001 }" }),
      "8 people.1.mobile 要写成文字；数字请加引号",
    ],
    ["a time that is none", small({}, 'hours: { open: "25:00" }'), "13 hours.open 时刻要写成 08:30 这样"],
    [
      "a cut-off before opening",
      small({}, 'hours: { cutoff: "08:00" }'),
      "13 hours.cutoff 受理截止时刻要晚于上班时刻 08:30",
    ],
    [
      "closing before the cut-off",
      small({}, 'hours: { close: "16:00" }'),
      "13 hours.close 下班时刻不能早于受理截止时刻 16:30",
    ],
    [
      "a date that is none",
      small({}, "holidays:", "  rest: [2027-02-29]"),
      "14 holidays.rest.0 要写成 2026-12-01 这样的真实日期",
    ],
    [
      "a date of another form",
      small({}, "holidays:", "  work: [2027/2/3]"),
      "14 holidays.work.0 要写成 2026-12-01 这样的真实日期",
    ],
    [
      "a point's id twice",
      small({ 5: "  - { id: one, name: 二站 }", 10: "  - { name: 恒通, point: one }", 12: "" }),
      "5 points.1.id “one”重复了",
    ],
    [
      "two main points",
      small({ 5: "  - { id: two, name: 二站, main: true }" }),
      "5 points.1.main 只能有一个 main: true，“one”已经是",
    ],
    [
      "no main point",
      small({ 4: "  - { id: one, name: 一站, helpers: [h01] }" }),
      "4 points 要有一个服务点写明 main: true",
    ],
    [
      "a point's helper that is nobody",
      small({ 5: "  - { id: two, name: 二站, helpers: [h09] }" }),
      "5 points.1.helpers.0 people 里没有“h09”",
    ],
    [
      "a point's helper that is none",
      small({ 5: "  - { id: two, name: 二站, helpers: [chief] }" }),
      "5 points.1.helpers.0 “chief”不是帮办员（role: chief）",
    ],
    [
      "a point's helper twice",
      small({ 5: "  - { id: two, name: 二站, helpers: [h01, h01] }" }),
      "5 points.1.helpers.1 “h01”重复了",
    ],
    [
      "a person's id twice",
      small({ 9: "  - { id: h01, name: 丙, role: leader }\nenterprises:" }),
      "9 people.2.id “h01”重复了",
    ],
    [
      "an account twice, whatever its case",
      small({ 8: "  - { id: h01, name: 乙, role: helper, wecom: ZHAO.Yi }" }),
      "8 people.1.wecom “ZHAO.Yi”重复了",
    ],
    [
      "no chief",
      small({ 7: "  - { id: chief, name: 甲, role: leader }" }),
      "7 people 要有一位首席帮办员（role: chief）",
    ],
    [
      "two chiefs",
      small({ 9: "  - { id: c2, name: 丙, role: chief }\nenterprises:" }),
      "9 people.2.role 首席帮办员只能有一位，“chief”已经是",
    ],
    [
      "an invited officer without a field",
      small({ 9: "  - { id: org, name: 丙, role: invited }\nenterprises:" }),
      "9 people.2.field 特邀帮办员要写明 field：organisation、economy 或 union",
    ],
    [
      "an unknown field",
      small({ 9: "  - { id: org, name: 丙, role: invited, field: party }\nenterprises:" }),
      "9 people.2.field 只能是 organisation、economy 或 union",
    ],
    [
      "an absence that ends before it begins",
      small({ 8: "  - { id: h01, name: 乙, role: helper, away: [{ from: 2026-12-05, to: 2026-12-01 }] }" }),
      "8 people.1.away.0.to 不能早于 from（2026-12-05）",
    ],
    [
      "a deputy that is nobody",
      small({ 8: "  - { id: h01, name: 乙, role: helper, away: [{ from: 2026-12-01, to: 2026-12-01, deputy: h7 }] }" }),
      "8 people.1.away.0.deputy people 里没有“h7”",
    ],
    [
      "a deputy of oneself",
      small({
        8: "  - { id: h01, name: 乙, role: helper, away: [{ from: 2026-12-01, to: 2026-12-01, deputy: h01 }] }",
      }),
      "8 people.1.away.0.deputy 不能由本人代办",
    ],
    [
      "an enterprise of no point",
      small({ 10: "  - { name: 恒通汽配有限公司, point: three }" }),
      "10 enterprises.0.point points 里没有“three”",
    ],
    [
      "an enterprise without a point",
      small({ 10: "  - { name: 恒通汽配有限公司 }" }),
      "10 enterprises.0.point 缺少这一项",
    ],
    [
      "an alias that is another's name",
      small({ 11: "  - { name: 恒 通 汽 配, point: one }\ngroups:" }),
      "11 enterprises.1.name “恒 通 汽 配”重复了",
    ],
    [
      "an alias that is another's alias",
      small({ 11: "  - { name: 别家, aliases: [恒通, 恒通汽配], point: one }\ngroups:" }),
      "11 enterprises.1.aliases.1 “恒通汽配”重复了",
    ],
    [
      "a group of no enterprise",
      small({ 12: "  - { platform: wecom, chat: a, kind: service, enterprise: 恒通 }" }),
      "12 groups.0.enterprise enterprises 里没有“恒通”",
    ],
    [
      "a group of no point",
      small({ 12: "  - { platform: wecom, chat: a, kind: service, point: three }" }),
      "12 groups.0.point points 里没有“three”",
    ],
    [
      "a group at another point than its enterprise",
      small({ 12: "  - { platform: wecom, chat: a, kind: service, enterprise: 恒通汽配有限公司, point: one }" }),
      "12 groups.0.point “恒通汽配有限公司”属于“two”，写明企业时可以不写 point",
    ],
    [
      "a group of an unknown kind",
      small({ 12: "  - { platform: wecom, chat: a, kind: helper }" }),
      "12 groups.0.kind 只能是 service、helpers 或 leaders",
    ],
    [
      "a group of an unknown platform",
      small({ 12: "  - { platform: feishu, chat: a, kind: service }" }),
      "12 groups.0.platform 只能是 wecom 或 dingtalk",
    ],
    [
      "a group twice",
      small({}, "  - { platform: wecom, chat: wrONE, kind: helpers }"),
      "13 groups.1.chat “wrONE”重复了",
    ],
    [
      "a webhook that is no web address",
      small({ 12: "  - { platform: wecom, chat: a, kind: service, webhook: qyapi.weixin.qq.com }" }),
      "12 groups.0.webhook 要写成 http:// 或 https:// 开头的网址",
    ],
    [
      "a secret for WeCom",
      small({ 12: '  - { platform: wecom, chat: a, kind: service, webhook: "https://a/b", secret: SECx }' }),
      "12 groups.0.secret 只有钉钉的群机器人有 secret",
    ],
    [
      "a secret without a webhook",
      small({ 12: "  - { platform: dingtalk, chat: a, kind: service, secret: SECx }" }),
      "12 groups.0.secret 没有 webhook 就用不上 secret",
    ],
    [
      "two secrets for one webhook",
      small(
        { 12: '  - { platform: dingtalk, chat: a, kind: service, webhook: "https://a/b", secret: SECx }' },
        '  - { platform: dingtalk, chat: b, kind: service, webhook: "https://a/b" }',
      ),
      "13 groups.1.secret 同一个 webhook 在前面写了不同的 secret",
    ],
  ];
  it.each(cases)("%s", (_, text, complaint) => {
    expect(complaints(text)).toContain(complaint);
  });

  it("the double without its environment", () => {
    expect(complaints(readFileSync(DOUBLE, "utf8"), {})[0]).toContain(
      "groups.0.webhook 环境变量 WEBHOOK_BASE 没有设置",
    );
  });
});

describe("the leaders' letters", () => {
  const AT = { at: 1050, sections: null };

  it("go as desk-practice says where nothing is said", () => {
    const usual = {
      day: { ...AT, on: "workdays" },
      week: { ...AT, on: "friday" },
      month: { ...AT, on: "last-workday" },
      to: null,
    };
    expect(read(small({})).digest).toEqual(usual);
    expect(read(small({}, "digest:")).digest).toEqual(usual);
    expect(read(small({}, "digest:", "  day:", "  week: {}")).digest).toEqual(usual);
  });

  it("go at the station's own times, with its sections, to whom it says; each can be switched off", () => {
    const { digest } = read(
      small(
        { 12: "  - { platform: wecom, chat: wrONE, kind: leaders }" },
        "digest:",
        '  day: { at: "16:00", on: every-day, sections: [overview, attention] }',
        "  week: off",
        "  month: false",
        "  to: [wrONE, chief]",
      ),
    );
    expect(digest).toEqual({
      day: { at: 960, on: "every-day", sections: ["overview", "attention"] },
      week: null,
      month: null,
      to: ["wrONE", "chief"],
    });
  });

  it("are refused by line, field and reason", () => {
    const wrong = (...lines: string[]) => complaints(small({}, "digest:", ...lines));
    expect(wrong('  day: { at: "25:00" }')).toEqual(["14 digest.day.at 时刻要写成 08:30 这样"]);
    expect(wrong("  week: { on: sunday }")).toEqual([
      "14 digest.week.on 只能是 monday、tuesday、wednesday、thursday、friday",
    ]);
    expect(wrong("  month: { on: monday }")).toEqual(["14 digest.month.on 只能是 last-workday"]);
    expect(wrong("  day: { sections: [figures] }")).toEqual([
      "14 digest.day.sections.0 只能是 overview、items、points、helpers、attention",
    ]);
    expect(wrong("  year: off")).toEqual(["14 digest.year 不认识这一项"]);
    expect(wrong("  day: soon")).toEqual(["14 digest.day 要写成“名称: 值”的形式"]);
    expect(wrong("  to: []")).toEqual(["14 digest.to 至少要有一个接收的群或人；要停发请写 off"]);
    expect(wrong('  day: { at: "21:00" }')).toEqual(["14 digest.day.at 不能在静默时段 20:00—08:30 内"]);
  });

  it("never go where companies or helpers would read them", () => {
    expect(complaints(small({}, "digest:", "  to: [wrONE, h01, chief, chief, nobody]"))).toEqual([
      "14 digest.to.0 “wrONE”不是领导群（kind: service），不能接收",
      "14 digest.to.1 “h01”是帮办员，不能接收；只能是领导、首席或特邀帮办员",
      "14 digest.to.4 groups 里没有 chat 为“nobody”的群，people 里也没有“nobody”",
      "14 digest.to.3 “chief”重复了",
    ]);
  });
});
