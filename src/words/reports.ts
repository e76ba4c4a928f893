/** What is said about reports that leaders ask for, and the report on one point. */
import type { Prompts } from "./line.ts";

export function forLeaders(): string {
  return "日报、周报、月报须由领导或首席帮办员查看。本服务点当日情况，请回复：今日";
}

export function notHere({ bot }: Prompts): string {
  return `日报、周报、月报不在本群答复，请在领导群@${bot}，或单独向${bot}发送`;
}

/** The figures took longer than anybody is kept waiting. */
export function beingWorkedOut(): string {
  return "数据较多，正在汇总，本次未能及时完成，请过一分钟再发一次";
}

export function ahead(): string {
  return "所查时段尚未开始，请写明今日、昨日、本周、上周、本月、上月，或具体月份、日期";
}

export function noSuchDay(): string {
  return "所写的日期不存在，请核对后再发，例如：11月23日日报、11月的月报、上周周报";
}

export function longer(): string {
  return "目前可查日报、周报、月报，例如：上周周报、11月的月报、南社区 本月。按季度、按年的数据，请由首席帮办员导出台账";
}

export function unknownPoint(typed: string, points: readonly string[]): string {
  return `没有查到“${typed}”，可查的服务点：${points.join("、")}`;
}

export interface PointFacts {
  readonly point: string;
  readonly days: string;
  /** Null for a period that is over. */
  readonly asOf: string | null;
  readonly received: number;
  readonly resolved: number;
  readonly open: number;
  /** `按时办结率 93.3%（14/15）` … */
  readonly rates: readonly string[];
  readonly late: readonly string[];
}

export function pointReport({ point, days, asOf, received, resolved, open, rates, late }: PointFacts): string {
  return [
    `【片区情况】${point}　${days}${asOf === null ? "" : `（截至 ${asOf}）`}`,
    `受理 ${received} 件，办结 ${resolved} 件，期末在办 ${open} 件。`,
    `${rates.join("；")}。`,
    ...(late.length === 0 ? ["逾期未办结：无。"] : late),
  ].join("\n");
}
