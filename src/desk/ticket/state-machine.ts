/** Which event may happen in which state, and where it leads: as data, from which ARCHITECTURE.md is drawn (state-drawing.ts). */
import type { Happening } from "./event.ts";

export const STATES = ["open", "accepted", "paused", "resolved", "closed", "withdrawn", "declined", "merged"] as const;
export type State = (typeof STATES)[number];

/** From → to; several where what is said decides. Anything else is refused before it becomes an event. */
type Moves = Partial<Readonly<Record<State, readonly State[]>>>;

function staying(...states: readonly State[]): Moves {
  return Object.fromEntries(states.map((state) => [state, [state]]));
}

function from(states: readonly State[], ...to: readonly State[]): Moves {
  return Object.fromEntries(states.map((state) => [state, to]));
}

export const ACTIVE = ["open", "accepted", "paused"] as const;

export const MOVES: Readonly<Record<Happening["event"], Moves>> = {
  // It makes the ticket.
  opened: {},
  matched: staying(...ACTIVE),
  located: staying(...ACTIVE),
  accepted: from(["open"], "accepted"),
  noted: staying(...ACTIVE, "resolved"),
  detailed: staying(...ACTIVE),
  alarmed: staying(...ACTIVE),
  urged: staying(...ACTIVE),
  // While it waits for the asker only where it was late before.
  light: staying(...ACTIVE),
  recomputed: staying(...ACTIVE),
  resolved: from(["accepted", "paused"], "resolved"),
  // A low rating waits for its call-back, also where a good one had closed the ticket.
  rated: { resolved: ["resolved"], closed: ["closed", "resolved"] },
  "caller-named": staying("resolved"),
  "called-back": staying("resolved"),
  reminded: staying("open", "resolved"),
  "put-off": staying("open"),
  reopened: from(["resolved", "closed"], "open"),
  withdrawn: from(ACTIVE, "withdrawn"),
  closed: from(["resolved"], "closed"),
  passed: staying(...ACTIVE),
  "handed-over": from(["open", "accepted"], "open"),
  assigned: from(["open", "accepted"], "open"),
  returned: from(["open", "accepted"], "open"),
  assisted: staying(...ACTIVE),
  paused: from(["accepted"], "paused"),
  resumed: from(["paused"], "accepted"),
  proposed: staying(...ACTIVE),
  refused: staying(...ACTIVE),
  lapsed: staying(...ACTIVE),
  extended: staying(...ACTIVE),
  declined: from(ACTIVE, "declined"),
  merged: from(ACTIVE, "merged"),
  unmerged: from(["merged"], ...ACTIVE),
  absorbed: staying(...ACTIVE),
  // What was rated low is not over either, while its call-back is waited for.
  supervised: staying(...ACTIVE, "resolved"),
  // One's own last act, taken back within five minutes: to where it came from.
  undone: {
    open: ["open", "accepted", "paused", "resolved", "closed"],
    accepted: ["accepted", "open", "paused"],
    paused: ["paused", "accepted"],
    resolved: ["resolved", ...ACTIVE, "closed"],
    closed: ["closed", "resolved"],
    withdrawn: ["withdrawn", ...ACTIVE],
    declined: ["declined", ...ACTIVE],
    merged: ["merged", ...ACTIVE],
  },
};
