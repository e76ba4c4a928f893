/** What `npm run soak` prints: a row for each load on each way, and what was wrong. */
import { pad, width } from "../table.ts";
import type { Result, Soaked } from "./soak.ts";

export interface Reported {
  readonly way: string;
  readonly result: Result;
}

const HEAD = ["途径", "消息", "工单", "回执", "提醒", "顺序", "违规", "窗口最满", "模拟分钟", "实际秒"];
/** Of what is wrong everything is counted, and so much shown. */
const FAULTS_SHOWN = 5;

export function report(all: readonly Reported[]): string {
  const rows = [HEAD, ...all.flatMap(({ way, result }) => result.rows.map((row) => cellsOf(way, row, result)))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  const table = rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column > 0)).join("  "));
  const wrong = all.flatMap(({ way, result }) => {
    const faults = faultsOf(result);
    const more = faults.length > FAULTS_SHOWN ? [`  ……共 ${faults.length} 处`] : [];
    return faults.length === 0
      ? []
      : [`✗ ${way}`, ...faults.slice(0, FAULTS_SHOWN).map((each) => `  ${each}`), ...more];
  });
  const notes = all.flatMap(({ way, result: { outcomes } }) =>
    outcomes.map(({ lane, outcome, count }) => `! ${way}：${lane} ${outcome} ${count} 次，见 bench/soak/report.ts`),
  );
  return [
    ...table,
    "",
    ...notes,
    ...(wrong.length > 0 ? wrong : ["✓ 没有丢失，没有重复，顺序不变，窗口没有超过"]),
  ].join("\n");
}

/**
 * What a desk does when it did not hear in three real seconds whether a line had arrived: a mention goes once more, an
 * answer is given up as one that may have arrived, an address is used a second time (design.md 2). As many of these as
 * there were such sends are this machine's doing, and noted; one more is a fault.
 */
const BY_DOUBT = /^(?:提醒 2 次|未能送达：可能已经送出|违规：.*"used-twice")/u;

export function faultsOf({ rows, violations, windows, faults, outcomes }: Result): string[] {
  let doubts = 0;
  for (const { outcome, count } of outcomes) if (outcome === "doubt") doubts += count;
  const all = [
    ...faults,
    ...rows.flatMap((row) => row.faults),
    ...violations.map((one) => `违规：${JSON.stringify(one)}`),
    ...windows.flatMap(({ most, allowed }) => (most > allowed ? [`窗口超过：${most}/${allowed}`] : [])),
  ];
  return all.filter((fault) => !(BY_DOUBT.test(fault) && doubts-- > 0));
}

function cellsOf(way: string, row: Soaked, { violations, windows }: Result): string[] {
  const { what, messages, tickets, receipts, mentions, inOrder, minutes, seconds } = row;
  return [
    `${way}，${what === "burst" ? "同一会话" : "各一条"}`,
    ...[messages, tickets, receipts, mentions].map(String),
    inOrder === null ? "" : inOrder ? "✓" : "✗",
    String(violations.length),
    windows.map(({ most, allowed }) => `${most}/${allowed}`).join(" "),
    minutes.toFixed(1),
    seconds.toFixed(0),
  ];
}
