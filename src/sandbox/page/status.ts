/** How things stand between the desk and the platforms, told to every page that is open. */
import type { Situation } from "./stage.ts";

/** Lines of the desk that nobody has read yet. */
export interface Undelivered {
  readonly waiting: number;
  readonly failed: number;
}

export interface Status extends Undelivered {
  /** What people said that the desk has not taken yet. */
  readonly saying: number;
  /** By platform. */
  readonly situations: Readonly<Record<string, Situation>>;
}

/** One of those lines, as a person may want to look at it. */
export interface UndeliveredLine {
  readonly state: "waiting" | "failed";
  readonly text: string;
  readonly attempts: number;
  /** What the last attempt came to; null before the first. */
  readonly reason: string | null;
}
