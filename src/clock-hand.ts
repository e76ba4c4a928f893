/** Everything that the desk's clock does: the steps of tickets, what is in people's boxes, the station's routines, and promises by other hours. */
import { type ClockDeps, openClockwork, ROUTINE } from "./desk/clock/clockwork.ts";
import { openBoxStep } from "./desk/reminding/box-step.ts";
import { basisOf, recompute } from "./desk/reminding/recompute.ts";
import { openRoutines, type Routine } from "./desk/reminding/routine.ts";
import { startTick } from "./pledge/tick.ts";
import { isAway } from "./store/connection.ts";

/** Redis is away: looked again so soon. */
const AGAIN_MS = 1000;

export interface ClockHandDeps extends ClockDeps {
  readonly routines: readonly Routine[];
  /** The desk clock, ms. */
  now(): Promise<number>;
  readonly log: { error(details: object, message: string): void };
}

export interface ClockHand {
  /** Hours, holidays or thresholds may be others now. Resolves when all that is open goes by them. */
  reload(): Promise<void>;
  /** Resolves when all that is due now has been done. */
  catchUp(): Promise<void>;
  /** Resolves when what it has in hand is done. */
  stop(): Promise<void>;
}

export async function openClockHand({ routines, now, log, ...deps }: ClockHandDeps): Promise<ClockHand> {
  const { takeRoutine, schedule } = openRoutines(deps, routines);
  await schedule(await now());
  const take = openClockwork({ ...deps, sayBox: openBoxStep(deps), takeRoutine });
  // Nothing is lit by a promise that is about to move.
  const step = (member: string, at: number) => settling.then(() => take(member, at));
  const long = new Set(routines.flatMap(({ name, takesLong }) => (takesLong ? [ROUTINE + name] : [])));
  const isLong = (member: string) => long.has(member);
  const tick = startTick({ redis: deps.redis, tag: deps.tag, now, step, isLong, log });
  let isClosing = false;
  /** By which hours this process has promised so far. */
  let basis: string | null = null;
  // In the background: with many open tickets it takes a while, and the desk answers meanwhile.
  let settling = settle();

  async function settle(): Promise<void> {
    while (!isClosing) {
      try {
        await schedule(await now());
        const next = basisOf(deps.setting());
        await recompute(deps, await now(), { isClosing: () => isClosing, isAnew: basis !== null && basis !== next });
        basis = next;
        return;
      } catch (error) {
        if (!isAway(error)) {
          log.error({ err: error }, "not every open ticket could be promised by the hours of now");
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  return {
    async reload() {
      settling = settling.then(settle);
      await settling;
    },
    catchUp: tick.catchUp,
    async stop() {
      isClosing = true;
      await tick.stop();
      await settling;
    },
  };
}
