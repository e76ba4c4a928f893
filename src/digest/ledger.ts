/** The 台账 of a period: its tickets on the first sheet, on the second the figures of the same period, which are the digest's. */

import type { Writable } from "node:stream";
import type { Times } from "../pledge/ladder.ts";
import { trainedText } from "../words/letters.ts";
import type { Counts } from "./counts.ts";
import { daysText } from "./days-text.ts";
import { type Figures, gatherFigures, spanOf } from "./figures.ts";
import { LEDGER_COLUMNS, ledgerRow, ROW_FIELDS } from "./ledger-row.ts";
import { type OnProgress, readLives, type Store } from "./lives.ts";
import { namedRows } from "./named-rows.ts";
import type { Names } from "./names.ts";
import type { Period } from "./period.ts";
import { RATES, rateText } from "./rate.ts";
import { readTraining, type Training } from "./training.ts";
import type { Cell, Column } from "./xlsx/sheet.ts";
import { streamWorkbook, writeWorkbook } from "./xlsx/workbook.ts";

export interface LedgerOf extends Times {
  readonly period: Period;
  readonly now: number;
  readonly points: readonly string[];
  /** Only this one's; left out, all. */
  readonly point?: string | null;
  readonly names: Names;
}

const SUMMARY_COLUMNS: readonly Column[] = [
  { title: "项目", width: 24 },
  { title: "数值", width: 18 },
  { title: "受理", width: 10 },
  { title: "办结", width: 10 },
  { title: "在办", width: 10 },
  { title: "到期", width: 10 },
  { title: "按时", width: 10 },
];

const COUNT_WORDS: readonly (readonly [keyof Counts, string])[] = [
  ["carried", "上期结转"],
  ["received", "受理"],
  ["reopened", "重新办理"],
  ["resolved", "办结"],
  ["withdrawn", "撤回"],
  ["declined", "不予受理"],
  ["merged", "合并"],
  ["open", "期末在办"],
  ["due", "到期"],
  ["onTime", "按时办结"],
  ["overdue", "逾期"],
  ["firstDue", "应首次响应"],
  ["firstOnTime", "按时首次响应"],
  ["rated", "评价"],
  ["satisfied", "满意"],
  ["resolvedRated", "本期办结已评价"],
];

/** Row by row: a year takes no more memory than a day. Returns how many tickets there are in it. */
export async function writeLedger(file: string, store: Store, of: LedgerOf, onProgress?: OnProgress): Promise<number> {
  const ledger = await openLedger(store, of, onProgress);
  await writeWorkbook(file, ledger.sheets);
  return ledger.count();
}

/** The same into a stream, which stays open. */
export async function streamLedger(sink: Writable, store: Store, of: LedgerOf): Promise<void> {
  await streamWorkbook(sink, (await openLedger(store, of)).sheets);
}

async function openLedger(store: Store, of: LedgerOf, onProgress?: OnProgress) {
  const { point = null, points } = of;
  const span = spanOf(of.period, of.now);
  const gathered = gatherFigures(of.period, of.now, point === null ? points : [point]);
  const training = await readTraining(store, span);
  let count = 0;
  async function* tickets(): AsyncGenerator<readonly Cell[]> {
    for await (const page of readLives(store, span, ROW_FIELDS, onProgress)) {
      for (const [life, told] of page) {
        if (point !== null && life.point !== point) continue;
        gathered.add(life);
        if (life.received < span.start) continue;
        count += 1;
        yield ledgerRow(life, told, of.now, of.names, of);
      }
    }
  }
  function* summary(): Generator<readonly Cell[]> {
    yield* summaryRows(gathered.figures(), training, of.names);
  }
  const sheets = [
    { name: "台账", columns: LEDGER_COLUMNS, rows: tickets() },
    { name: "汇总", columns: SUMMARY_COLUMNS, rows: summary() },
  ];
  return { sheets, count: () => count };
}

function* summaryRows(figures: Figures, training: Training, names: Names): Generator<readonly Cell[]> {
  const { period, span, total, points, items } = figures;
  yield ["期间", daysText(period)];
  yield ["截至", { date: span.until }];
  for (const [name, word] of COUNT_WORDS) yield [word, total[name]];
  for (const { name, of } of Object.values(RATES)) yield [name, rateText(of(total))];
  if (training.held > 0) yield ["红领增能", `举办培训 ${training.held} 期，${trainedText(training)}`];
  yield ["片区"];
  for (const [point, row] of namedRows(points, names.point)) yield groupRow(point, row);
  yield ["事项"];
  for (const [item, row] of namedRows(items, names.item)) yield groupRow(item, row);
}

function groupRow(name: string, row: Counts): readonly Cell[] {
  return [
    name,
    `按时办结率 ${rateText(RATES.onTime.of(row))}`,
    row.received,
    row.resolved,
    row.open,
    row.due,
    row.onTime,
  ];
}
