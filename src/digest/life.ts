/** A ticket as the figures read it: where it stood when, which promises fell due, what was thought of the results. */

import type { Deadline, Fallen } from "../desk/track/deadline.ts";
import type { Counted, Mark, Move, Promised, Standing, Track } from "../desk/track/track.ts";

/** As the ticket's hash says it today: a point or an item that was found out later is the ticket's all the same. */
export interface Known {
  readonly id: string;
  readonly number: string;
  readonly point: string | null;
  readonly item: string | null;
  readonly owner: string | null;
  readonly enterprise: string | null;
  /** A big one is promised an answer by its time, a small one that it is done. */
  readonly size: "small" | "big";
  /** Null unless it is resolved, or was closed since. */
  readonly resolvedAt: number | null;
}

export interface Life extends Known {
  readonly received: number;
  /** In order; the first is its receipt. */
  readonly moves: readonly Move[];
  readonly promises: readonly Promised[];
  /** What fell due, and last what is to come if nothing more happens. */
  readonly pledges: readonly Fallen[];
  /** Since when its clock stands still, where it waits for its asker and was not late before; null where it runs. */
  readonly heldSince: number | null;
  readonly responses: readonly Fallen[];
  /** The marks of each resolution that has any, in order. */
  readonly marks: readonly (readonly Mark[])[];
  /** 首响: when it was accepted first. */
  readonly accepted: number | null;
  readonly counts: Readonly<Record<Counted, number>>;
  /** Why it was withdrawn or declined, as it was typed. */
  readonly reason: string;
  /** No figure of a period after this moment has it in it; infinite while it is not at an end. */
  readonly until: number;
}

/** Field by field: spread, one took as long as everything else that is done with it. */
export function lifeOf(known: Known, track: Track): Life {
  return {
    id: known.id,
    number: known.number,
    point: known.point,
    item: known.item,
    owner: known.owner,
    enterprise: known.enterprise,
    size: known.size,
    resolvedAt: known.resolvedAt,
    received: track.received,
    moves: track.moves,
    promises: track.promises,
    pledges: fallenOf(track.pledge),
    heldSince: track.pledge.state === "paused" ? track.pledge.since : null,
    responses: fallenOf(track.response),
    marks: track.marks,
    accepted: track.accepted,
    counts: track.counts,
    reason: track.reason,
    until: track.until(),
  };
}

function fallenOf(deadline: Deadline): readonly Fallen[] {
  const coming = deadline.coming();
  return coming === null ? deadline.fallen : [...deadline.fallen, coming];
}

/** Where it stood just before `at`; null before its receipt. */
export function standingBefore({ moves }: Pick<Life, "moves">, at: number): Standing | null {
  let standing: Standing | null = null;
  for (const move of moves) {
    if (move.at >= at) break;
    standing = move.to;
  }
  return standing;
}

/** What was promised for it just before `at`. */
export function promiseBefore({ promises }: Pick<Life, "promises">, at: number): Promised | null {
  let promised: Promised | null = null;
  for (const each of promises) {
    if (each.at >= at) break;
    promised = each;
  }
  return promised;
}

/** What of these was said before `at`, and not taken back by then. */
export function knownBefore(marks: readonly Mark[], at: number): readonly Mark[] {
  return marks.filter((mark) => mark.at < at && (mark.gone === null || mark.gone >= at));
}
