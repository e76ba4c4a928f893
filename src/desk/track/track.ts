/**
 * The track that a ticket leaves: as much of its story as figures and ledger look at. It is told event by event and kept with the
 * ticket, so that nobody who counts has to read stories; the story is the truth, and telling it anew gives the same track.
 * Events that are not known here say nothing, and what a known one does not tell is left as it was.
 */
import { Deadline } from "./deadline.ts";

/** 在办, 办结 (also 归档), 撤回, 不予受理, 合并. */
export const STANDINGS = ["active", "resolved", "withdrawn", "declined", "merged"] as const;
export type Standing = (typeof STANDINGS)[number];

/** As much of an event as is looked at; what an event does not tell is absent. */
export interface Told {
  readonly event: string;
  readonly at: number;
  readonly received?: number;
  readonly due?: number | null;
  readonly acceptBy?: number;
  readonly rating?: number;
  readonly solved?: boolean;
  /** Typed by people: personal data in it is not masked. */
  readonly reason?: string;
  /** Of what is taken back: how these were before. */
  readonly back?: { readonly state?: string; readonly due?: number; readonly track?: string };
}

export interface Move {
  readonly at: number;
  readonly to: Standing;
}

/** What was thought of one resolution, by the asker or found by a call-back. */
export interface Mark {
  readonly at: number;
  /** Null for a call-back. */
  readonly rating: number | null;
  readonly solved: boolean;
  /** When it was taken back; null for what holds. */
  readonly gone: number | null;
}

export interface Promised {
  /** Since when that was the time. */
  readonly at: number;
  readonly due: number;
  /** The second one begins when it is reopened. */
  readonly round: number;
}

/** How often something happened, without what was taken back. */
export const COUNTED = ["reopened", "urged", "paused", "extended"] as const;
export type Counted = (typeof COUNTED)[number];

export class Track {
  readonly received: number;
  /** In order; the first is its receipt. */
  moves: Move[] = [];
  promises: Promised[] = [];
  pledge = new Deadline();
  response = new Deadline();
  /** The marks of each resolution that has any, in order. */
  marks: Mark[][] = [];
  /** Whether the last marks are of the resolution that stands now. */
  isMarked = false;
  /** Which promise holds, and how many there have been: one whose reopening was taken back does not hold again. */
  round = 0;
  rounds = 0;
  /** 首响: when it was accepted first. */
  accepted: number | null = null;
  counts: Record<Counted, number> = { reopened: 0, urged: 0, paused: 0, extended: 0 };
  /** Why it was withdrawn or declined, as it was typed. */
  reason = "";

  constructor(received: number) {
    this.received = received;
  }

  tell(told: Told): void {
    // What happens within the first moment is not before the receipt.
    const at = Math.max(told.at, this.received);
    switch (told.event) {
      case "opened":
      case "reopened":
        this.begin(at, told);
        break;
      case "matched":
      case "recomputed":
      case "handed-over":
      case "assigned":
      case "returned":
        this.promise(at, told.due);
        if (told.acceptBy !== undefined) this.response.move(told.acceptBy, at);
        break;
      case "accepted":
        this.accepted ??= at;
        this.response.keep(at);
        break;
      case "urged":
        this.counts.urged += 1;
        break;
      case "paused":
        this.counts.paused += 1;
        this.pledge.pause(at);
        break;
      case "resumed":
        this.promise(at, told.due);
        this.pledge.resume(at);
        break;
      case "extended":
        this.counts.extended += 1;
        this.promise(at, told.due);
        break;
      case "absorbed":
        this.promise(at, told.due);
        break;
      case "resolved":
        this.move(at, "resolved");
        this.response.keep(at);
        this.pledge.keep(at);
        this.isMarked = false;
        break;
      case "rated":
        if (told.rating !== undefined) this.mark({ at, rating: told.rating, solved: told.rating >= 3, gone: null });
        break;
      case "called-back":
        if (told.solved !== undefined) this.mark({ at, rating: null, solved: told.solved, gone: null });
        break;
      case "withdrawn":
      case "declined":
      case "merged":
        this.reason = told.reason ?? "";
        this.move(at, told.event);
        this.pledge.release(at);
        this.response.release(at);
        break;
      case "unmerged":
        this.move(at, "active");
        this.pledge.revive(at);
        this.response.revive(at);
        break;
    }
  }

  /** What was done since `before` is taken back: what fell due or was seen meanwhile stays as it was counted. */
  takeBack(before: Track, at: number): void {
    this.move(at, before.standing());
    const promised = before.promises.at(-1);
    if (promised) this.say({ ...promised, at });
    this.pledge.takeBack(before.pledge, at);
    this.response.takeBack(before.response, at);
    this.marks = this.marks.map((group, i) =>
      group.map((mark, n) => (before.marks[i]?.[n] ? mark : { ...mark, gone: mark.gone ?? at })),
    );
    const { isMarked, round, accepted, counts, reason } = before;
    Object.assign(this, { isMarked, round, accepted, counts, reason });
  }

  /** Of a slip whose story does not say how it was before: only where it stands, and that the promise runs again. */
  standAgain(at: number, to: Standing, due: number | undefined): void {
    this.move(at, to);
    if (to === "resolved") this.pledge.keep(at);
    if (to !== "active") return;
    for (const deadline of [this.pledge, this.response]) deadline.revive(at);
    this.pledge.breakAgain(at);
    this.promise(at, due);
  }

  standing(): Standing {
    return this.moves.at(-1)?.to ?? "active";
  }

  /** The last moment that any figure has to do with; infinite while it is not at an end. */
  until(): number {
    if (this.standing() === "active") return Number.POSITIVE_INFINITY;
    let last = this.moves.at(-1)?.at ?? this.received;
    const until = (at: number | null | undefined): void => {
      if (at !== null && at !== undefined && at > last) last = at;
    };
    for (const deadline of [this.pledge, this.response]) {
      until(deadline.coming()?.at);
      until(deadline.fallen.at(-1)?.at);
    }
    for (const group of this.marks) {
      for (const { at, gone } of group) until(gone ?? at);
    }
    return last;
  }

  private begin(at: number, { event, due, acceptBy }: Told): void {
    if (event === "reopened") this.counts.reopened += 1;
    this.rounds += 1;
    this.round = this.rounds;
    this.move(at, "active");
    if (due !== null && due !== undefined) {
      this.say({ at, due, round: this.round });
      this.pledge.begin(due, at, this.round);
    }
    if (acceptBy !== undefined) this.response.begin(acceptBy, at, this.round);
    this.isMarked = false;
  }

  private move(at: number, to: Standing): void {
    if (this.moves.at(-1)?.to !== to) this.moves.push({ at, to });
  }

  private promise(at: number, due: number | null | undefined): void {
    if (due === null || due === undefined) return;
    this.pledge.move(due, at);
    this.say({ at, due, round: this.round });
  }

  private say(promised: Promised): void {
    const last = this.promises.at(-1);
    if (last?.due !== promised.due || last.round !== promised.round) this.promises.push(promised);
  }

  private mark(made: Mark): void {
    if (this.isMarked) this.marks.at(-1)?.push(made);
    else this.marks.push([made]);
    this.isMarked = true;
  }
}
