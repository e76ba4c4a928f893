/** The verbs as they are typed, against a real Redis with tickets in it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import exceljs from "exceljs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { at, TOWN, write } from "../digest/given.ts";
import { openVerbBench } from "./verb-bench.ts";

const bench = openVerbBench();
const LATER = at("2026-11-26T08:00");
beforeAll(async () => {
  await bench.setClock(LATER);
  for (const given of TOWN) await write(bench.redis, given);
});
afterAll(() => bench.close());

const digest = (...args: string[]) => bench.run("digest", ...args);

describe("digest", () => {
  it("prints the figures as one line of JSON, and nothing else on stdout", async () => {
    const { code, out, err } = await digest("--date", "2026-11-23", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ from: "2026-11-23", to: "2026-11-23", carried: 1, received: 4, open: 2 });
  });

  it("prints the letter with names of the station and the menu", async () => {
    const { code, out } = await digest("--date", "2026-11-23");
    expect(code).toBe(0);
    expect(out).toMatch(/^【帮办日报】段塘街道党务帮办服务站　2026年11月23日（周一）/u);
    expect(out).toContain("南社区服务点：受理 4 件");
    expect(out).toContain("活动场地协调 2 件");
    expect(out).not.toContain("13812345678");
  });

  it("of a week and a month", async () => {
    // One that has begun may be named by a day of it that is still to come.
    const week = JSON.parse((await digest("--date", "2026-11-29", "--kind", "week", "--json")).out);
    expect(week).toMatchObject({ from: "2026-11-23", to: "2026-11-29", carried: 1, received: 4 });
    const month = JSON.parse((await digest("--date", "2026-11-25", "--kind", "month", "--json")).out);
    expect(month).toMatchObject({ from: "2026-11-01", to: "2026-11-30", carried: 0, received: 5 });
  });

  it("a rest day has a letter too", async () => {
    expect((await digest("--date", "2026-11-15")).out).toContain("当日无新增诉求，无在办事项。");
  });

  it("says that the desk is not running where its own Redis does not answer", async () => {
    const asleep = openVerbBench({ DATA_DIR: "/nowhere" });
    onTestFinished(asleep.close);
    const { code, err } = await asleep.run("digest", "--date", "2026-11-23");
    expect(code).not.toBe(0);
    expect(err).toContain("请先启动服务（npm start）");
    expect(err).not.toContain("REDIS_URL");
  });

  it.each([
    [["--date", "2026-02-30"], "--date"],
    [[], "--date"],
    [["--date", "2026-11-23", "--kind", "year"], "--kind"],
    [["--date", "2026-11-23", "--picture", "a.jpg"], "--picture"],
    [["--date", "2026-11-23", "--picture", "/nowhere/a.png"], "没有“/nowhere”这个文件夹"],
    [["--day", "2026-11-23"], "用法：npm run desk -- digest"],
  ])("refuses %j", async (args, said) => {
    const { code, out, err } = await digest(...args);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(said);
  });

  it.each([[["--date", "2027-03-10", "--json"]], [["--date", "9999-12-31", "--kind", "week"]]])(
    "refuses %j: it is still to come",
    async (args) => {
      const { code, out, err } = await digest(...args);
      expect({ code, out, err }).toEqual({
        ...{ code: 64, out: "" },
        err: `--date：${args[1]} 还没有到，请写今日（2026-11-26）或以前的日期\n`,
      });
    },
  );

  it("a picture that cannot be written is refused in one line, before anything is read", async () => {
    const folder = join(bench.folder, "folder.png");
    mkdirSync(folder);
    const refused = await digest("--date", "2026-11-23", "--picture", folder);
    expect(refused).toEqual({ code: 64, out: "", err: `--picture：“${folder}”是文件夹，请写明文件名\n` });
  });

  it("saves its picture beside the letter, and says that what was there is gone", async () => {
    const picture = join(bench.folder, "d.png");
    writeFileSync(picture, "precious");
    const { code, out, err } = await digest("--date", "2026-11-23", "--picture", picture);
    expect({ code, err }).toEqual({ code: 0, err: `已覆盖：${picture}\n` });
    expect(out).toContain("一、总体情况");
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe("PNG");
  });

  it("goes by the desk clock: what is not due on it is not late", async () => {
    await bench.setClock(at("2026-11-23T17:30"));
    const { out } = await digest("--date", "2026-11-23", "--json");
    await bench.setClock(LATER);
    expect(JSON.parse(out)).toMatchObject({ received: 4, due: 0, overdue: 0 });
  });
});

describe("ledger", () => {
  it("writes the file, and says how many tickets are in it and that what was there is gone", async () => {
    const out = join(bench.folder, "l.xlsx");
    writeFileSync(out, "precious");
    const answer = await bench.run("ledger", "--from", "2026-11-20", "--to", "2026-11-23", "--out", out);
    expect(answer).toEqual({ code: 0, out: "", err: `已导出 5 件：${out}（已覆盖原有文件）\n` });
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(out);
    expect(book.getWorksheet("台账")?.rowCount).toBe(6);
  });

  it("refuses in one line, before the work, what cannot be written", async () => {
    const folder = join(bench.folder, "folder.xlsx");
    mkdirSync(folder);
    const refused = await bench.run("ledger", "--from", "2026-11-20", "--to", "2026-11-23", "--out", folder);
    expect(refused).toEqual({ code: 64, out: "", err: `--out：“${folder}”是文件夹，请写明文件名\n` });
  });

  it.each([
    [["--from", "2026-11-31", "--to", "2026-12-01", "--out", "a.xlsx"], "--from"],
    [["--from", "2026-11-01", "--out", "a.xlsx"], "--to"],
    [["--from", "2026-11-02", "--to", "2026-11-01", "--out", "a.xlsx"], "--from 不能晚于 --to"],
    [["--from", "2026-11-01", "--to", "2026-11-02", "--out", "a.csv"], ".xlsx"],
    [["--from", "2026-11-01", "--to", "2026-11-02", "--out", "/nowhere/a.xlsx"], "没有“/nowhere”这个文件夹"],
  ])("refuses %j", async (args, said) => {
    const { code, out, err } = await bench.run("ledger", ...args);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain(said);
    expect(existsSync("a.xlsx")).toBe(false);
  });
});
