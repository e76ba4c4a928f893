/**
 * A workbook written while its rows come: 100,000 rows of twenty columns took write-excel-file 38 s and 690 MB, since it
 * wants all of them at once. Sheets are written in order; a later one may tell what was found in an earlier one.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import { columnLetters, escapeXml, type Sheet, sheetXml } from "./sheet.ts";
import { openZip } from "./zip.ts";

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Whoever looks at `file` finds the whole workbook or what was there before. */
export async function writeWorkbook(file: string, sheets: readonly Sheet[]): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const sink = createWriteStream(draft, { mode: 0o600 });
  try {
    await Promise.race([streamWorkbook(sink, sheets), once(sink, "error").then(([error]) => Promise.reject(error))]);
    sink.end();
    await once(sink, "close");
    await rename(draft, file);
  } catch (error) {
    sink.destroy();
    await rm(draft, { force: true });
    throw error;
  }
}

/** Into a sink that stays open. */
export async function streamWorkbook(sink: Writable, sheets: readonly Sheet[]): Promise<void> {
  const zip = openZip(sink);
  const filters: string[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const counted = (count: number): void => {
      const area = `'${sheet.name}'!$A$1:$${columnLetters(sheet.columns.length - 1)}$${count}`;
      filters.push(`<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${area}</definedName>`);
    };
    await zip.entry(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, counted));
  }
  await zip.entry("xl/styles.xml", [STYLES]);
  await zip.entry("xl/workbook.xml", [workbookXml(sheets, filters)]);
  await zip.entry("xl/_rels/workbook.xml.rels", [workbookRelations(sheets.length)]);
  await zip.entry("_rels/.rels", [
    `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]);
  await zip.entry("[Content_Types].xml", [contentTypes(sheets.length)]);
  await zip.finish();
}

/** In the order of STYLE in sheet.ts. */
const STYLES = [
  HEAD,
  `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>`,
  `<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts>`,
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`,
  `<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill></fills>`,
  `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">`,
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
  `<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>`,
  `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  `</cellXfs></styleSheet>`,
].join("");

function workbookXml(sheets: readonly Sheet[], filters: readonly string[]): string {
  const list = sheets.map(({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${list.join("")}</sheets><definedNames>${filters.join("")}</definedNames></workbook>`;
}

function workbookRelations(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const styles = `<Relationship Id="rId${count + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${sheets.join("")}${styles}</Relationships>`;
}

function contentTypes(count: number): string {
  const part = (name: string, type: string): string =>
    `<Override PartName="${name}" ContentType="${MIME}.${type}+xml"/>`;
  const sheets = Array.from({ length: count }, (_, i) => part(`/xl/worksheets/sheet${i + 1}.xml`, "worksheet"));
  const parts = [part("/xl/workbook.xml", "sheet.main"), part("/xl/styles.xml", "styles"), ...sheets];
  return `${HEAD}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join("")}</Types>`;
}
