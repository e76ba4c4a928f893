/**
 * One promise of a time, followed through a story: when it fell due, and whether it had been kept by then. It falls due once,
 * so that what was counted on a day stays counted there: a longer time that is given too late changes nothing.
 */

export interface Fallen {
  /** The moment at which it fell due. */
  readonly at: number;
  readonly kept: boolean;
  /** Which promise of the ticket it was. */
  readonly round: number;
}

/** Paused, it does not run; kept, it only waits to fall due; over, it has fallen due or nobody waits for it. */
export const DEADLINE_STATES = ["none", "running", "paused", "kept", "released", "over"] as const;
type State = (typeof DEADLINE_STATES)[number];

/** A class for once: a year has two hundred thousand of them, and closures cost four times as much. */
export class Deadline {
  /** All that have fallen due. */
  readonly fallen: Fallen[] = [];
  state: State = "none";
  due = 0;
  /** Since when it runs, or stands, as it does: what is promised for a moment that is over falls due at once. */
  since = 0;
  /** Which promise of the ticket it is about now. */
  round = 0;

  /** A new promise; one that had not fallen due yet is replaced by it and never counts. */
  begin(due: number, at: number, round: number): void {
    this.pass(at);
    this.state = "running";
    this.due = due;
    this.since = at;
    this.round = round;
  }

  /** Another time for the same promise. */
  move(due: number, at: number): void {
    this.pass(at);
    if (this.state !== "running" && this.state !== "paused") return;
    this.due = due;
    // Paused, it still stands where it was stopped.
    if (this.state === "running") this.since = at;
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

  /** It had been kept by a slip. */
  breakAgain(at: number): void {
    this.turn(at, "kept", "running");
  }

  /** What was done is taken back: again as it was, unless it has fallen due meanwhile. */
  takeBack({ state, due, since, round }: Deadline, at: number): void {
    this.pass(at);
    const isOver = this.fallen.some((fallen) => fallen.round === round);
    this.state = isOver ? "over" : state;
    this.due = due;
    this.since = this.state === "paused" ? since : at;
    this.round = round;
  }

  /** How it falls due if nothing more happens; null where it does not. */
  coming(): Fallen | null {
    if (this.state !== "running" && this.state !== "kept") return null;
    return { at: Math.max(this.due, this.since), kept: this.state === "kept", round: this.round };
  }

  private pass(at: number): void {
    const coming = this.coming();
    if (coming === null || coming.at >= at) return;
    this.fallen.push(coming);
    this.state = "over";
  }

  private turn(at: number, from: State, to: State): void {
    this.pass(at);
    if (this.state !== from) return;
    this.state = to;
    this.since = at;
  }
}
