/** How a rate and a change are written (desk-practice 3): with n, one decimal, "—" where there is nothing to divide by. Pure. */
import type { Counts } from "./counts.ts";

export interface Rate {
  readonly hits: number;
  readonly of: number;
}

export const RATES = {
  response: { name: "响应率", of: (counts: Counts): Rate => ({ hits: counts.firstOnTime, of: counts.firstDue }) },
  onTime: { name: "按时办结率", of: (counts: Counts): Rate => ({ hits: counts.onTime, of: counts.due }) },
  solved: { name: "解决率", of: (counts: Counts): Rate => ({ hits: counts.solved, of: counts.asked }) },
  satisfied: { name: "满意率", of: (counts: Counts): Rate => ({ hits: counts.satisfied, of: counts.rated }) },
  rated: { name: "参评率", of: (counts: Counts): Rate => ({ hits: counts.resolvedRated, of: counts.resolved }) },
} as const;

const NOTHING_TO_DIVIDE = "—";

/** `93.3%（14/15）`, and in the same brackets what it is compared with. */
export function rateText({ hits, of }: Rate, compared: readonly string[] = []): string {
  return of === 0 ? NOTHING_TO_DIVIDE : `${percentText({ hits, of })}（${[`${hits}/${of}`, ...compared].join("，")}）`;
}

function percentText({ hits, of }: Rate): string {
  return `${((hits / of) * 100).toFixed(1)}%`;
}

/** `+25.0%`, `持平`; against nothing there is no change to be told. */
export function changeText(now: number, before: number): string {
  if (before === 0) return NOTHING_TO_DIVIDE;
  if (now === before) return "持平";
  return signed((now / before - 1) * 100, "%");
}

/** Of two rates, in points: `+3.2 个百分点`. */
export function shiftText(now: Rate, before: Rate): string {
  if (now.of === 0 || before.of === 0) return NOTHING_TO_DIVIDE;
  const shift = (now.hits / now.of - before.hits / before.of) * 100;
  return Math.abs(shift) < 0.05 ? "持平" : signed(shift, " 个百分点");
}

function signed(value: number, unit: string): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}${unit}`;
}
