/** The station's own steps by which 日报, 周报 and 月报 go out. By name they come in this order where they fall on one moment. */
import { NO_WORK, type Routine } from "../desk/reminding/routine.ts";
import type { Kind } from "./period.ts";
import { nextLetter } from "./schedule.ts";
import { type LetterDeps, letterStep } from "./send-letter.ts";

export function letterRoutine(kind: Kind, deps: LetterDeps): Routine {
  return {
    name: `letter-${ORDER[kind]}`,
    takesLong: true,
    next: (after, { calendar, station }) => nextLetter(kind, after, calendar, station.digest),
    async work(scheduled, now, setting) {
      const step = await letterStep({ kind, scheduled, now, setting }, deps);
      if (step.kind === "wait") return { ...NO_WORK, again: step.until };
      if (step.kind === "done") return NO_WORK;
      const { lines: replies, checks, writes } = step;
      return { checks, writes, replies };
    },
  };
}

const ORDER: Readonly<Record<Kind, string>> = { day: "1-day", week: "2-week", month: "3-month" };
