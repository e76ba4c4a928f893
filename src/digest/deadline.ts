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

/** A class for once: a year has two hundred thousand of them, and closures cost four times as much. */
export class Deadline {
  /** All that have fallen due; after `end` also the one that is to come, if there is one. */
  readonly fallen: Fallen[] = [];
  private state: State = "none";
  private due = 0;
  /** Since when it runs as it does: what is promised for a moment that is over falls due at once. */
  private since = 0;

  /** A new promise; one that had not fallen due yet is replaced by it and never counts. */
  begin(due: number, at: number): void {
    this.pass(at);
    this.state = "running";
    this.due = due;
    this.since = at;
  }

  /** Another time for the same promise. */
  move(due: number, at: number): void {
    this.pass(at);
    if (this.state !== "running" && this.state !== "paused") return;
    this.due = due;
    this.since = at;
  }

  keep(at: number): void {
    this.pass(at);
    if (this.state === "paused") this.since = at;
    if (this.state === "running" || this.state === "paused") this.state = "kept";
  }

  pause(at: number): void {
    this.turn(at, "running", "paused");
  }

  resume(at: number): void {
    this.turn(at, "paused", "running");
  }

  /** Nobody waits for it any more … */
  release(at: number): void {
    this.turn(at, "running", "released");
    this.turn(at, "paused", "released");
  }

  /** … and then somebody does again. */
  revive(at: number): void {
    this.turn(at, "released", "running");
  }

  end(): void {
    this.pass(Number.POSITIVE_INFINITY);
  }

  private pass(at: number): void {
    if (this.state !== "running" && this.state !== "kept") return;
    const falls = Math.max(this.due, this.since);
    if (falls >= at) return;
    this.fallen.push({ at: falls, kept: this.state === "kept" });
    this.state = "over";
  }

  private turn(at: number, from: State, to: State): void {
    this.pass(at);
    if (this.state !== from) return;
    this.state = to;
    this.since = at;
  }
}
