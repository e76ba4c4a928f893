import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import exceljs from "exceljs";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { type Cell, columnLetters } from "../../../src/digest/xlsx/sheet.ts";
import { writeWorkbook } from "../../../src/digest/xlsx/workbook.ts";

const folder = mkdtempSync(join(tmpdir(), "bangban-xlsx-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function back(rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>): Promise<exceljs.Worksheet> {
  const file = join(folder, "a.xlsx");
  const columns = [
    { title: "甲", width: 10 },
    { title: "乙", width: 20 },
  ];
  await writeWorkbook(file, [{ name: "表", columns, rows }]);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error("no sheet");
  return sheet;
}

it("any text comes back as it was, but for what XML cannot say", async () => {
  const texts = fc.array(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(texts, async (all) => {
      const sheet = await back(all.map((text) => ["x", text]));
      const isSaid = (sign: string) => (sign >= " " || "\t\n".includes(sign)) && !/[\uFFFE\uFFFF\p{Cs}]/u.test(sign);
      const said = all.map((text) => [...text.replace(/\r\n?/gu, "\n")].filter(isSaid).join(""));
      expect(all.map((_, i) => sheet.getRow(i + 2).getCell(2).text)).toEqual(said);
    }),
    { numRuns: 30 },
  );
});

it("numbers, dates and nothing", async () => {
  const sheet = await back([
    [1.5, { date: Date.UTC(2026, 10, 23, 1, 12, 30) }],
    [null, "_x0041_"],
  ]);
  expect(sheet.getRow(2).values).toEqual([undefined, 1.5, new Date(Date.UTC(2026, 10, 23, 9, 12, 30))]);
  expect(sheet.getRow(3).getCell(1).value).toBeNull();
});

it("rows that end in a fault leave no file behind", async () => {
  async function* broken() {
    yield ["a"];
    throw new Error("Redis is away");
  }
  const before = readdirSync(folder);
  await expect(
    writeWorkbook(join(folder, "b.xlsx"), [{ name: "表", columns: [{ title: "甲", width: 9 }], rows: broken() }]),
  ).rejects.toThrow("Redis is away");
  expect(readdirSync(folder)).toEqual(before);
});

it("columns are called A … Z, AA …", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
});
