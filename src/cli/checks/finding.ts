/** What a check says: a line for the administrator, and whether anything follows from it. */
import type { Settings } from "../../settings.ts";
import type { Station } from "../../station/station.ts";
import type { Intents } from "../../understanding/intents.ts";
import type { RunningDesk } from "./running-desk.ts";

/** good: nothing to do; notice: works, with a consequence that one should know; must: not before this is mended. */
export type Level = "good" | "notice" | "must";

export interface Finding {
  readonly level: Level;
  /** One line: what it is about, a colon, how it stands, and what to do. */
  readonly text: string;
}

/** What the checks look at. Whatever could not be read is null, and has been told by whoever read it. */
export interface Examined {
  readonly settings: Settings;
  /** Settings that were refused: `settings` has a stand-in for them, which says nothing about the real one. */
  readonly refused: ReadonlySet<string>;
  readonly station: Station | null;
  readonly intents: Intents | null;
  /** A desk of ours on this port; null: none. */
  readonly desk: RunningDesk | null;
  /** Wire clock, ms. */
  readonly now: () => number;
}

export type Check = (examined: Examined) => Promise<readonly Finding[]>;

export const good = (text: string): Finding => ({ level: "good", text });
export const notice = (text: string): Finding => ({ level: "notice", text });
export const must = (text: string): Finding => ({ level: "must", text });

/** A station has hundreds of groups: the first of them show what is meant. */
const NAMED_MAX = 20;

/** `甲、乙、丙 等 24 个` */
export function listed(names: readonly string[]): string {
  if (names.length <= NAMED_MAX) return names.join("、");
  return `${names.slice(0, NAMED_MAX).join("、")} 等 ${names.length} 个`;
}
