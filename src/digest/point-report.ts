/** What one point did in a period: its own row of the edition, and what is late there. Pure. */
import { shown } from "../desk/ticket/number.ts";
import { whenText } from "../pledge/when.ts";
import { ATTENTION_HEADS, caseLine, more, NOBODY, promised } from "../words/letters.ts";
import { LIGHT_WORDS } from "../words/names.ts";
import { pointReport } from "../words/reports.ts";
import { emptyTally } from "./counts.ts";
import { asOfText, daysText } from "./days-text.ts";
import type { Edition } from "./edition.ts";
import type { Names } from "./names.ts";
import { RATES, rateText } from "./rate.ts";

/** The others stand in the ledger. */
const CASES = 12;

export function pointText(edition: Edition, point: string, names: Names): string {
  const { period, now, figures, attention } = edition;
  const counts = figures.points.get(point) ?? emptyTally();
  const { received, resolved, open } = counts;
  const late = attention.late.filter(({ life }) => life.point === point);
  const lines = late.slice(0, CASES).map(({ life, due, light }) =>
    caseLine({
      number: shown(life.number),
      item: names.item(life.item),
      rest: [
        ...(life.enterprise === null ? [] : [life.enterprise]),
        names.person(life.owner) ?? NOBODY,
        promised(whenText(due, now), life.size),
        LIGHT_WORDS[light],
      ],
    }),
  );
  const red = late.filter(({ light }) => light === "red").length;
  return pointReport({
    point: names.point(point),
    days: daysText(period),
    asOf: asOfText({ period, span: figures.span, now }),
    ...{ received, resolved, open },
    rates: [RATES.onTime, RATES.response, RATES.satisfied].map(({ name, of }) => `${name} ${rateText(of(counts))}`),
    late: [
      ...(late.length === 0 ? [] : [ATTENTION_HEADS.late(late.length, red), ...lines]),
      ...(late.length > CASES ? [more(late.length - CASES)] : []),
    ],
  });
}
