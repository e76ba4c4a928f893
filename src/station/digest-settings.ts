/** The station file's `digest:`: when the leaders' letters go, what stands in them, and to whom they go. Data with these defaults. */
import type { HEADINGS } from "../words/letters.ts";

export type LetterSection = keyof typeof HEADINGS;

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;

interface LetterTime<On extends string> {
  /** Minutes since midnight. */
  readonly at: number;
  readonly on: On;
  /** In this order; null: as the letter has them of itself. */
  readonly sections: readonly LetterSection[] | null;
}

/** Null: this letter is switched off. */
export interface LetterTimes {
  readonly day: LetterTime<"workdays" | "every-day"> | null;
  /** The last working day of a week in which that day is none. */
  readonly week: LetterTime<(typeof WEEKDAYS)[number]> | null;
  readonly month: LetterTime<"last-workday"> | null;
}

export interface DigestSettings extends LetterTimes {
  /** Chats of leaders' groups, and ids of people; null: every leaders' group, or each leader where there is none. */
  readonly to: readonly string[] | null;
}

const AT = 17 * 60 + 30;

/** desk-practice 3: 日报 on working days at 17:30, 周报 on Fridays, 月报 on the month's last working day. */
export const DIGEST_DEFAULTS = {
  day: { at: AT, on: "workdays", sections: null },
  week: { at: AT, on: "friday", sections: null },
  month: { at: AT, on: "last-workday", sections: null },
  to: null,
} as const satisfies DigestSettings;
