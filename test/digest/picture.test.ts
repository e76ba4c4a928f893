import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ChartData, chartData, chartOption, heightOf, WIDTH } from "../../src/digest/chart.ts";
import { namesIn } from "../../src/digest/names.ts";
import { periodOf } from "../../src/digest/period.ts";
import { drawPicture } from "../../src/digest/picture.ts";
import { readStation } from "../../src/station/station-file.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { at, editionFrom, TOWN, working } from "./given.ts";

const names = namesIn(
  readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "https://x" }),
  readIntents("./intents"),
);
const BUSY: ChartData = {
  title: "段塘街道党务帮办服务站",
  subtitle: ["2026年11月23日（周一）（截至 17:30）", "受理 12 件　办结 10 件　在办 7 件　按时办结率 98.5%（131/133）"],
  days: Array.from({ length: 14 }, (_, i) => `11/${10 + i}`),
  received: [8, 12, 9, 0, 0, 14, 11, 10, 13, 7, 0, 1, 15, 12],
  resolved: [7, 11, 10, 0, 0, 11, 13, 9, 14, 8, 0, 0, 13, 10],
  onTime: (
    [
      [8, 8],
      [11, 12],
      [109, 109],
      [0, 0],
      [0, 0],
      [7, 8],
      [23, 25],
      [10, 10],
      [93, 100],
      [1009, 1010],
      [0, 0],
      [0, 0],
      [8, 9],
      [131, 133],
    ] as const
  ).map(([hits, of]) => ({ hits, of })),
  points: [
    "丽园商圈",
    "南社区",
    "北社区",
    "东社区",
    "西社区",
    "河畔社区",
    "桥头社区",
    "芳草社区",
    "新茗社区",
    "云溪社区",
  ].map((name, i) => ({ name, received: (i * 7) % 6, resolved: (i * 3) % 5 })),
  lights: [
    { word: "蓝灯", count: 2 },
    { word: "黄灯", count: 1 },
    { word: "红灯", count: 0 },
  ],
};

describe("the picture", () => {
  it("is a PNG under 200 kB, as large as it says, and white behind", async () => {
    const png = await drawPicture(BUSY);
    if (process.env["KEEP_PICTURE"]) writeFileSync(process.env["KEEP_PICTURE"], png);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(WIDTH);
    expect(png.readUInt32BE(20)).toBe(heightOf(BUSY));
    expect(png.length).toBeLessThan(200_000);
    expect(png.length).toBeGreaterThan(20_000);
  });

  it("is drawn of an edition, and of a station where nothing ever happened", async () => {
    const edition = (given: typeof TOWN) => {
      const asked = {
        period: periodOf("day", "2026-11-23"),
        now: at("2026-11-24T08:00"),
        points: ["liyuan", "nan"],
        ...working,
      };
      return chartData(editionFrom(given, asked), names);
    };
    const town = edition(TOWN);
    expect(town.days).toHaveLength(14);
    expect(town.received.at(-1)).toBe(4);
    expect(town.onTime.slice(-4)).toEqual([
      ...[
        { hits: 0, of: 1 },
        { hits: 0, of: 0 },
        { hits: 0, of: 0 },
        { hits: 2, of: 3 },
      ],
    ]);
    expect(town.subtitle).toEqual([
      "2026年11月23日（周一）",
      "受理 4 件　办结 2 件　在办 2 件　按时办结率 66.7%（2/3）",
    ]);
    expect(town.points).toEqual([
      { name: "丽园商圈", received: 0, resolved: 0 },
      { name: "南社区", received: 4, resolved: 2 },
    ]);
    expect(town.lights).toEqual([
      { word: "蓝灯", count: 0 },
      { word: "黄灯", count: 1 },
      { word: "红灯", count: 1 },
    ]);
    const empty = edition([]);
    expect(empty.onTime.every(({ of }) => of === 0)).toBe(true);
    expect((await drawPicture(empty)).length).toBeLessThan(200_000);
  });

  it("says up to when, and rates with one decimal over the numbers that they are made of", () => {
    const option = chartOption(BUSY) as {
      readonly title: readonly { readonly text: string }[];
      readonly xAxis: readonly { readonly axisLabel: { formatter(day: string, index: number): string } }[];
      readonly series: readonly { readonly label: { formatter(of: { readonly value: unknown }): string } }[];
    };
    expect(option.title.slice(1, 3).map(({ text }) => text)).toEqual(BUSY.subtitle);
    const below = option.xAxis[1]?.axisLabel;
    expect([0, 1, 3, 9].map((day) => below?.formatter(BUSY.days[day] ?? "", day))).toEqual([
      ...["11/10\n8\n8", " \n11\n12", "11/13", "11/19\n1009\n1010"],
    ]);
    const label = option.series[3]?.label;
    expect([1100 / 12, 100, 99.97, "-"].map((value) => label?.formatter({ value }))).toEqual([
      "91.7",
      "100",
      "100.0",
      "",
    ]);
  });

  it("a fault in drawing is the caller's to see", async () => {
    await expect(drawPicture({ ...BUSY, points: null as unknown as [] })).rejects.toThrow();
  });

  it("what colour tells, a shape or a pattern tells too", () => {
    const text = JSON.stringify(chartOption(BUSY));
    for (const sign of ["circle", "polygon", "decal", "diamond", "dashed"]) expect(text).toContain(`"${sign}"`);
  });
});
