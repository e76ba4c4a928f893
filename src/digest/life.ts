/**
 * A ticket's story as the figures read it: where it stood when, which promises fell due, what was thought of the results.
 * Events that are not known here say nothing to the figures, and what a known one does not tell is left as it was.
 */
import { Deadline, type Fallen } from "./deadline.ts";

/** 在办, 办结 (also 归档), 撤回, 不予受理, 合并. */
export type Standing = "active" | "resolved" | "withdrawn" | "declined" | "merged";

/** As much of an event as figures and ledger look at; what an event does not tell is absent. */
export interface Told {
  readonly event: string;
  readonly at: number;
  readonly by: string;
  readonly received?: number;
  readonly due?: number | null;
  readonly acceptBy?: number;
  readonly item?: string | null;
  readonly point?: string | null;
  readonly owner?: string | null;
  readonly enterprise?: string | null;
  readonly asker?: string;
  readonly recorder?: string | null;
  readonly platform?: string;
  readonly rating?: number;
  readonly solved?: boolean;
  /** Typed by people: personal data in it is not masked. */
  readonly text?: string;
  readonly result?: string;
  readonly reason?: string;
  readonly match?: { readonly candidates: readonly { readonly item: string }[] } | null;
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
}

export interface Promised {
  /** Since when that was the time. */
  readonly at: number;
  readonly due: number;
  /** The second one begins when it is reopened. */
  readonly round: number;
}

export interface Life {
  readonly id: string;
  readonly number: string;
  readonly received: number;
  /** As they are known today: a point or an item that was found out later is the ticket's all the same. */
  readonly point: string | null;
  readonly item: string | null;
  readonly owner: string | null;
  readonly enterprise: string | null;
  readonly asker: string;
  /** In order; the first is its receipt. */
  readonly moves: readonly Move[];
  readonly promises: readonly Promised[];
  readonly pledges: readonly Fallen[];
  readonly responses: readonly Fallen[];
  /** The marks of each resolution that has any, in order. */
  readonly marks: readonly (readonly Mark[])[];
  /** No figure of a period after this moment has it in it; infinite while it is not at an end. */
  readonly until: number;
}

/** Null for a story that does not begin with `opened`. */
export function lifeOf(id: string, number: string, story: readonly Told[]): Life | null {
  const [first] = story;
  if (first?.event !== "opened") return null;
  const received = first.received ?? first.at;
  const moves: Move[] = [];
  const promises: Promised[] = [];
  const marks: Mark[][] = [];
  const pledge = new Deadline();
  const response = new Deadline();
  let { point = null, item = null, owner = null, enterprise = null } = first;
  let round = 0;
  let resolution: Mark[] | null = null;

  const move = (at: number, to: Standing): void => {
    if (moves.at(-1)?.to !== to) moves.push({ at, to });
  };
  const promise = (at: number, due: number | null | undefined, begins: boolean): void => {
    if (begins) round += 1;
    if (due === null || due === undefined) return;
    promises.push({ at, due, round });
    if (begins) pledge.begin(due, at);
    else pledge.move(due, at);
  };
  const mark = (made: Mark): void => {
    if (resolution === null) {
      resolution = [];
      marks.push(resolution);
    }
    resolution.push(made);
  };
  const end = (at: number, to: Standing): void => {
    move(at, to);
    pledge.release(at);
    response.release(at);
  };

  for (const told of story) {
    // What happens within the first moment is not before the receipt.
    const at = Math.max(told.at, received);
    if (told.point !== undefined) point = told.point;
    if (told.enterprise !== undefined) enterprise = told.enterprise;
    if (told.item !== undefined) item = told.item;
    // 转办 is proposed to somebody long before it is theirs, under another name.
    if (told.owner !== undefined) owner = told.owner;
    switch (told.event) {
      case "opened":
      case "reopened":
        move(at, "active");
        promise(at, told.due, true);
        if (told.acceptBy !== undefined) response.begin(told.acceptBy, at);
        resolution = null;
        break;
      case "matched":
      case "handed-over":
      case "assigned":
      case "returned":
        promise(at, told.due, false);
        if (told.acceptBy !== undefined) response.move(told.acceptBy, at);
        break;
      case "accepted":
        response.keep(at);
        break;
      case "paused":
        pledge.pause(at);
        break;
      case "resumed":
        promise(at, told.due, false);
        pledge.resume(at);
        break;
      case "extended":
      case "absorbed":
        promise(at, told.due, false);
        break;
      case "resolved":
        move(at, "resolved");
        response.keep(at);
        pledge.keep(at);
        resolution = null;
        break;
      case "rated":
        if (told.rating !== undefined) mark({ at, rating: told.rating, solved: told.rating >= 3 });
        break;
      case "called-back":
        if (told.solved !== undefined) mark({ at, rating: null, solved: told.solved });
        break;
      case "withdrawn":
      case "declined":
      case "merged":
        end(at, told.event);
        break;
      case "unmerged":
        move(at, "active");
        pledge.revive(at);
        response.revive(at);
        break;
    }
  }

  pledge.end();
  response.end();
  const pledges = pledge.fallen;
  const responses = response.fallen;
  const isOpen = moves.at(-1)?.to === "active";
  const lasts = [moves.at(-1), pledges.at(-1), responses.at(-1), marks.at(-1)?.at(-1)];
  const until = isOpen ? Number.POSITIVE_INFINITY : Math.max(...lasts.map((last) => last?.at ?? 0));
  const asker = first.asker ?? first.by;
  const known = { id, number, received, point, item, owner, enterprise, asker };
  return { ...known, moves, promises, pledges, responses, marks, until };
}

/** Where it stood just before `at`; null before its receipt. */
export function standingBefore({ moves }: Life, at: number): Standing | null {
  let standing: Standing | null = null;
  for (const move of moves) {
    if (move.at >= at) break;
    standing = move.to;
  }
  return standing;
}

/** What was promised for it just before `at`. */
export function promiseBefore({ promises }: Life, at: number): Promised | null {
  let promised: Promised | null = null;
  for (const each of promises) {
    if (each.at >= at) break;
    promised = each;
  }
  return promised;
}
