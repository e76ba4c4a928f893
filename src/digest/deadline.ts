/**
 * One promise of a time, followed through a story: when it fell due, and whether it had been kept by then. It falls due once,
 * so that what was counted on a day stays counted there: a longer time that is given too late changes nothing.
 */

export interface Fallen {
  /** The moment at which it fell due. */
  readonly at: number;
  readonly kept: boolean;
}

/** Paused, it does not run; kept, it only waits to fall due; over, it has fallen due or nobody waits for it. */
type State = "none" | "running" | "paused" | "kept" | "released" | "over";

export interface Deadline {
  /** A new promise; one that had not fallen due yet is replaced by it and never counts. */
  begin(due: number, at: number): void;
  /** Another time for the same promise. */
  move(due: number, at: number): void;
  keep(at: number): void;
  pause(at: number): void;
  resume(at: number): void;
  /** Nobody waits for it any more … */
  release(at: number): void;
  /** … and then somebody does again. */
  revive(at: number): void;
  /** All that have fallen due, and the last one's future if it has one. */
  fallen(): readonly Fallen[];
}

export function openDeadline(): Deadline {
  const fallen: Fallen[] = [];
  let state: State = "none";
  let due = 0;
  /** Since when it runs as it does: what is promised for a moment that is over falls due at once. */
  let since = 0;

  const pass = (at: number): void => {
    const falls = Math.max(due, since);
    if ((state !== "running" && state !== "kept") || falls >= at) return;
    fallen.push({ at: falls, kept: state === "kept" });
    state = "over";
  };
  const turn = (at: number, from: State, to: State): void => {
    pass(at);
    if (state !== from) return;
    state = to;
    since = at;
  };

  return {
    begin(next, at) {
      pass(at);
      state = "running";
      due = next;
      since = at;
    },
    move(next, at) {
      pass(at);
      if (state !== "running" && state !== "paused") return;
      due = next;
      since = at;
    },
    keep(at) {
      pass(at);
      if (state === "paused") since = at;
      if (state === "running" || state === "paused") state = "kept";
    },
    pause: (at) => turn(at, "running", "paused"),
    resume: (at) => turn(at, "paused", "running"),
    release(at) {
      turn(at, "running", "released");
      turn(at, "paused", "released");
    },
    revive: (at) => turn(at, "released", "running"),
    fallen() {
      pass(Number.POSITIVE_INFINITY);
      return fallen;
    },
  };
}
