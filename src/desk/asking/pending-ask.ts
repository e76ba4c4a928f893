/** The question that the desk last put to this person here, as long as it may still be meant. */
import type { Ask } from "../known.ts";
import type { Scene } from "../scene.ts";

const HOUR_MS = 3_600_000;
/** After that a question is forgotten: what is typed then was not meant as its answer. */
const VALID_MS: Readonly<Record<Ask["kind"], number>> = {
  item: 24 * HOUR_MS,
  enterprise: 24 * HOUR_MS,
  details: 24 * HOUR_MS,
  rate: 7 * 24 * HOUR_MS,
  which: HOUR_MS / 6,
  result: HOUR_MS / 6,
  "on-behalf": HOUR_MS / 6,
  leave: HOUR_MS / 6,
  visit: HOUR_MS / 6,
  // The rest of the day, on the way to the next company.
  wishes: 8 * HOUR_MS,
  words: HOUR_MS / 6,
  whom: HOUR_MS / 6,
  order: HOUR_MS / 6,
  // Three working days, and a long holiday between them.
  waiting: 14 * 24 * HOUR_MS,
};

export function pendingAsk({ known: { talk }, now }: Scene): Ask | null {
  return talk.ask && now - talk.askedAt <= VALID_MS[talk.ask.kind] ? talk.ask : null;
}
