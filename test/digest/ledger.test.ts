import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import exceljs from "exceljs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { figuresOf } from "../../src/digest/figures.ts";
import { type LedgerOf, writeLedger } from "../../src/digest/ledger.ts";
import { namesIn } from "../../src/digest/names.ts";
import type { Period } from "../../src/digest/period.ts";
import { readStation } from "../../src/station/station-file.ts";
import { readIntents } from "../../src/understanding/intents.ts";
import { openTestRedis } from "../doubles/redis.ts";
import { accepted, at, type Given, livesOf, rated, reopenedAt, resolved, TOWN, working, write } from "./given.ts";

const town = openTestRedis();
const folder = mkdtempSync(join(tmpdir(), "bangban-ledger-"));
const file = join(folder, "台账.xlsx");
const names = namesIn(
  readStation("test/doubles/station.yaml", { WEBHOOK_BASE: "https://x" }),
  readIntents("./intents"),
);
const period: Period = { kind: null, from: "2026-11-23", to: "2026-11-24" };
const of: LedgerOf = { period, now: at("2026-11-25T08:00"), points: ["liyuan", "nan"], names, ...working };

const LATE: Given = {
  number: "20261124-001",
  received: "2026-11-24T09:00",
  text: "党员张建国同志、李秀英女士，联系电话 13812345678，身份证 330203199001011234\u0007<b>&",
  recorder: "h03",
  owner: "h03",
  later: [
    ["2026-11-24T09:10", accepted],
    ["2026-11-24T10:00", resolved],
    ["2026-11-24T11:00", reopenedAt("2026-11-24T11:00")],
    ["2026-11-24T11:05", accepted],
    ["2026-11-24T11:06", { event: "urged" }],
    ["2026-11-24T19:00", resolved],
    ["2026-11-24T20:00", rated(3)],
  ],
};
const ALL = [...TOWN, LATE];
let book: exceljs.Workbook;

beforeAll(async () => {
  for (const given of ALL) await write(town, given);
  expect(await writeLedger(file, town, of)).toBe(5);
  book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await town.close();
});

function row(sheet: string, number: number): Record<string, unknown> {
  const table = book.getWorksheet(sheet);
  const titles = table?.getRow(1).values as string[];
  const values = table?.getRow(number).values as unknown[];
  return Object.fromEntries(titles.flatMap((title, i) => (title ? [[title, values[i] ?? null]] : [])));
}

/** exceljs reads the clock of a cell as if it were UTC's. */
const shown = (text: string) => new Date(`${text}:00Z`);

describe("the ledger, read back", () => {
  it("台账 first, 汇总 second, with a frozen header, filters and widths", () => {
    expect(book.worksheets.map(({ name }) => name)).toEqual(["台账", "汇总"]);
    const ledger = book.getWorksheet("台账");
    expect(Object.keys(row("台账", 1)).join(" ")).toBe(
      "编号 受理时间 来源 企业 片区 事项 类别 诉求 首接人 承办人 承诺时限 首响 办结时间 是否按时 办理结果 评价 亮灯 转办 延期 备注",
    );
    expect(ledger?.views).toMatchObject([{ state: "frozen", ySplit: 1 }]);
    expect(ledger?.autoFilter).toBe("A1:T6");
    expect(ledger?.getColumn(8).width).toBe(50);
    expect(ledger?.getRow(1).getCell(1).font?.bold).toBe(true);
    expect(ledger?.rowCount).toBe(6);
  });

  it("a case that was done on time", () => {
    expect(row("台账", 2)).toEqual({
      编号: "20261123-001",
      受理时间: shown("2026-11-23T09:00"),
      来源: "企业微信",
      企业: "恒通汽配有限公司",
      片区: "南社区服务点",
      事项: "活动场地协调",
      类别: "资源统筹",
      诉求: "借一间会议室",
      首接人: "帮办员丙",
      承办人: "帮办员丙",
      承诺时限: shown("2026-11-23T18:00"),
      首响: shown("2026-11-23T09:10"),
      办结时间: shown("2026-11-23T11:16"),
      是否按时: "是",
      办理结果: "已办结：三楼会议室，联系 138****5678",
      评价: "非常满意",
      亮灯: null,
      转办: null,
      延期: null,
      备注: null,
    });
    expect(book.getWorksheet("台账")?.getRow(2).getCell(2).numFmt).toContain("yyyy");
  });

  it("one that came back, was recorded for somebody, and was done too late", () => {
    expect(row("台账", 6)).toMatchObject({
      来源: "企业微信（代录）",
      诉求: "党员张××同志、李××女士，联系电话 138****5678，身份证 ［身份证号已隐去］<b>&",
      首接人: "帮办员辛",
      办结时间: shown("2026-11-24T19:00"),
      是否按时: "否",
      评价: "基本满意",
      亮灯: "红灯",
      备注: "重新办理 1 次；催办 1 次",
    });
  });

  it("what people typed is text, never a formula", () => {
    const cell = book.getWorksheet("台账")?.getRow(4).getCell(8);
    expect(cell?.type).toBe(exceljs.ValueType.String);
    expect(cell?.formula).toBeUndefined();
    expect(cell?.value).toBe('=HYPERLINK("http://x","138****5678")');
    expect(row("台账", 4)).toMatchObject({ 事项: "待确认事项", 是否按时: "否", 办理结果: "办理中", 亮灯: "红灯" });
    expect(row("台账", 5)).toMatchObject({ 办理结果: "已撤回", 是否按时: null, 评价: null });
  });

  it("the summary's figures are the digest's", () => {
    const { total } = figuresOf(livesOf(ALL), period, of.now);
    const summary = new Map<unknown, unknown>();
    book.getWorksheet("汇总")?.eachRow((each) => {
      summary.set(each.getCell(1).value, each.getCell(2).value);
    });
    expect(summary.get("上期结转")).toBe(total.carried);
    expect(summary.get("受理")).toBe(total.received);
    expect(summary.get("办结")).toBe(total.resolved);
    expect(summary.get("期末在办")).toBe(total.open);
    expect(summary.get("到期")).toBe(total.due);
    expect(summary.get("按时办结率")).toBe("50.0%（2/4）");
    expect(summary.get("期间")).toBe("2026年11月23日—24日");
  });
});

it("results and reasons name private people by their family name, staff by their whole; who has left is no id", async () => {
  const store = openTestRedis();
  onTestFinished(store.close);
  const done: Given = {
    ...{ number: "20261123-011", received: "2026-11-23T09:00", owner: "h77", point: "oldpoint", item: "gone" },
    later: [
      ["2026-11-23T09:10", accepted],
      ["2026-11-23T10:00", { event: "resolved", result: "帮办员丙已带王建明同志去办", rateBy: 0 }],
    ],
  };
  const declined: Given = {
    ...{ number: "20261123-012", received: "2026-11-23T09:00", text: "本人：周慧芳，想退休" },
    later: [["2026-11-23T10:00", { event: "declined", reason: "周慧芳女士的社保在外地" }]],
  };
  for (const given of [done, declined]) await write(store, given);
  const out = join(folder, "names.xlsx");
  expect(await writeLedger(out, store, of)).toBe(2);
  book = new exceljs.Workbook();
  await book.xlsx.readFile(out);
  expect(row("台账", 2)).toMatchObject({
    ...{ 片区: "原片区", 事项: "原事项", 首接人: "已离岗人员", 承办人: "已离岗人员" },
    办理结果: "已办结：帮办员丙已带王××同志去办",
  });
  expect(row("台账", 3)).toMatchObject({ 诉求: "本人：周××，想退休", 备注: "原因：周××女士的社保在外地" });
  expect(JSON.stringify(book.model)).not.toMatch(/h77|oldpoint|gone/u);
  rmSync(out);
});

it("an empty period has its headers, and a folder that is not there leaves nothing behind", async () => {
  const empty = join(folder, "empty.xlsx");
  const none: Period = { kind: null, from: "2026-01-01", to: "2026-01-31" };
  expect(await writeLedger(empty, town, { ...of, period: none })).toBe(0);
  const read = new exceljs.Workbook();
  await read.xlsx.readFile(empty);
  expect(read.getWorksheet("台账")?.rowCount).toBe(1);
  await expect(writeLedger(join(folder, "nowhere", "a.xlsx"), town, of)).rejects.toThrow("ENOENT");
  expect(readdirSync(folder).sort()).toEqual(["empty.xlsx", "台账.xlsx"]);
});
