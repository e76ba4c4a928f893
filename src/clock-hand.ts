/** Everything that the desk's clock does: the steps of tickets, what is in people's boxes, the station's routines, and promises by other hours. */
import { type ClockDeps, openClockwork } from "./desk/clockwork.ts";
import { openBoxStep } from "./desk/reminding/box-step.ts";
import { recompute } from "./desk/reminding/recompute.ts";
import { openRoutines, type Routine } from "./desk/reminding/routine.ts";
import { startTick } from "./pledge/tick.ts";

export interface ClockHandDeps extends ClockDeps {
  readonly routines: readonly Routine[];
  /** The desk clock, ms. */
  now(): Promise<number>;
  readonly log: { error(details: object, message: string): void };
}

export interface ClockHand {
  /** Hours, holidays or thresholds may be others now. Resolves when all that is open goes by them. */
  reload(): Promise<void>;
  /** Resolves when what it has in hand is done. */
  stop(): Promise<void>;
}

export async function openClockHand({ routines, now, log, ...deps }: ClockHandDeps): Promise<ClockHand> {
  const { takeRoutine, schedule } = openRoutines(deps, routines);
  await schedule(await now());
  const step = openClockwork({ ...deps, sayBox: openBoxStep(deps), takeRoutine });
  const tick = startTick({ redis: deps.redis, tag: deps.tag, now, step, log });
  let isClosing = false;
  // In the background: with many open tickets it takes a while, and the desk answers meanwhile.
  let settling = settle();

  async function settle(): Promise<void> {
    try {
      await recompute(deps, await now(), () => isClosing);
    } catch (error) {
      log.error(
        { err: error },
        "open tickets could not be promised by the hours of now; tried again at the next start",
      );
    }
  }

  return {
    async reload() {
      await schedule(await now());
      settling = settling.then(settle);
      await settling;
    },
    async stop() {
      isClosing = true;
      await tick.stop();
      await settling;
    },
  };
}
