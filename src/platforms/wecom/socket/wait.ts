/** How long after one connection the next is tried (wecom.md 2.7). Pure. */
import { delayMs } from "../../backoff.ts";
import type { Ending } from "./connection.ts";

const REFUSED_MS = 60_000;
const REPLACED_MS = 60_000;

/**
 * `failures`: attempts since it was last up; `random` in [0, 1). Who was replaced waits for at least a minute, and at
 * most two: two desks with one bot must not chase each other.
 */
export function waitAfter(ending: Ending, failures: number, random: number): number {
  switch (ending.kind) {
    case "refused":
      return REFUSED_MS;
    case "replaced":
      return REPLACED_MS * (1 + random);
    case "pace":
      return Math.max(ending.restMs, delayMs(failures, random));
    case "lost":
      return delayMs(failures, random);
  }
}
